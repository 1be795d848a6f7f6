package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.RetryableException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.memory.MemorySource;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources and sinks that fail for a while; the contract of all drivers of a stream. */
abstract class OutageCases {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Exception refused =
      new RetryableException("Connection refused", new ConnectException());
  private final EpochDriver driver;
  private final MemorySource<String> words = MemorySource.create();
  private final UnavailableSource<String> source = new UnavailableSource<>(words);
  private final UnavailableSink<String> sink = new UnavailableSink<>();

  OutageCases(EpochDriver driver) {
    this.driver = driver;
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void sinkThatRecovers_getsTheSameEpochAgain_andTheQueryGoesOn() throws Exception {
    start();
    add("a");
    sink.failsWith(refused);
    add("a", "b");
    advance(SECOND);
    sink.failsWith(null);
    advance(SECOND.multipliedBy(2));
    add("a");

    assertThat(sink.rows).containsExactly("a1", "a2", "b1", "a3");
    assertThat(sink.calls)
        .containsSubsequence("write 2", "close", "open after 1", "write 2", "write 3")
        .endsWith("write 3");
  }

  @Test
  void retries_areAsFarApartAsThePolicySays() throws Exception {
    sink.failsWith(refused);
    start();
    add("a");
    assertThat(writes()).isEqualTo(1);
    advance(Duration.ofMillis(999));
    assertThat(writes()).isEqualTo(1);
    advance(Duration.ofMillis(1));
    assertThat(writes()).isEqualTo(2);
    advance(Duration.ofMillis(1_999));
    assertThat(writes()).isEqualTo(2);
    advance(Duration.ofMillis(1));
    assertThat(writes()).isEqualTo(3);
  }

  @Test
  void sinkThatStillFailsAtTheBound_failsTheQuery_withTimeNumberAndReason() throws Exception {
    start();
    sink.failsWith(refused);
    add("a");
    advance(SECOND);
    advance(SECOND.multipliedBy(2));
    advance(SECOND.multipliedBy(4));

    // The last attempt is that at the bound, which is earlier than the backoff.
    assertThatThrownBy(() -> advance(SECOND.multipliedBy(3)))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining(
            "in epoch [1]: writing to Unavailable failed [5] times in [PT10S], the last time with:"
                + " Connection refused")
        .hasMessageContaining("sinks may hold rows of the epoch, a restart runs it again")
        .hasCause(refused);
  }

  @Test
  void failureThatIsNotRetryable_endsTheQueryAtOnce() throws Exception {
    start();
    sink.failsWith(new IOException("no such table"));

    assertThatThrownBy(() -> add("a"))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining("writing to Unavailable failed: ")
        .hasMessageContaining("no such table");
    assertThat(writes()).isEqualTo(1);
  }

  @Test
  void policyForEveryException_retriesThoseToo() throws Exception {
    start(query -> query.retry(policy().on(Exception.class)));
    sink.failsWith(new IOException("no such table"));
    add("a");
    sink.failsWith(null);
    advance(SECOND);

    assertThat(sink.rows).containsExactly("a1");
  }

  @Test
  void noRetry_letsEveryFailureEndTheQuery() throws Exception {
    start(query -> query.retry(RetryPolicy.none()));
    sink.failsWith(refused);

    assertThatThrownBy(() -> add("a")).hasMessageContaining("failed: Connection refused");
  }

  @Test
  void sinkThatCannotBeOpened_isOpenedLater() throws Exception {
    sink.opensWith(refused);
    start();
    words.add("a");
    advance(SECOND);
    sink.opensWith(null);
    advance(SECOND.multipliedBy(2));

    assertThat(sink.rows).containsExactly("a1");
    // The source is opened once, since it did not fail.
    assertThat(source.calls).filteredOn(call -> call.startsWith("open")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "latest", "plan", "read"})
  void sourceThatRecovers_isAskedAgain(String call) throws Exception {
    source.failsWith(refused, call);
    start();
    words.add("a", "b");
    settle();
    advance(SECOND);
    assertThat(sink.rows).isEmpty();
    source.failsWith(refused);
    advance(SECOND.multipliedBy(2));
    add("a");

    assertThat(sink.rows).containsExactly("a1", "b1", "a2");
  }

  @Test
  void rangeThatCouldNotBeRead_isReadAgain_fromASourceOpenedWithTheCommittedOffsets()
      throws Exception {
    start();
    add("a", "b");
    source.failsWith(refused, "read");
    add("a");
    words.add("c");
    source.failsWith(refused);
    advance(SECOND);

    assertThat(sink.rows).containsExactly("a1", "b1", "a2", "c1");
    assertThat(source.calls)
        .containsSubsequence("read 0-2", "read 2-3", "close", "read 2-3", "read 3-4");
    List<String> opened = source.calls.stream().filter(each -> each.startsWith("open")).toList();
    assertThat(opened).hasSize(2);
    assertThat(opened.get(1)).contains("2");
  }

  @Test
  void sourceThatStillFailsAtTheBound_failsTheQuery() throws Exception {
    start();
    source.failsWith(refused, "latest");
    add("a");

    assertThatThrownBy(
            () -> {
              for (int second = 0; second < 20; second++) {
                advance(SECOND);
              }
            })
        .hasMessageContaining("asking Source failed [5] times in [PT10S], the last time with:");
  }

  @Test
  void deadLettersAndLateEvents_areWrittenOnce_thoughTheRowsAreRetried() throws Exception {
    UnavailableSink<DeadLetter> letters = new UnavailableSink<>();
    start(
        query ->
            query
                .onError(io.vellamo.api.query.ErrorPolicy.deadLetter())
                .deadLettersTo(letters)
                .retry(policy()));
    letters.failsWith(refused);
    add("bad", "a");
    assertThat(sink.rows).isEmpty();
    letters.failsWith(null);
    sink.failsWith(refused);
    advance(SECOND);
    sink.failsWith(null);
    advance(SECOND.multipliedBy(2));

    assertThat(letters.rows).hasSize(1);
    assertThat(letters.calls)
        .containsExactly("open after 0", "write 1", "close", "open after 0", "write 1");
    assertThat(sink.rows).containsExactly("a1");
  }

  private void start() throws Exception {
    start(query -> query.retry(policy()));
  }

  private static RetryPolicy policy() {
    return RetryPolicy.of(SECOND, Duration.ofSeconds(30), Duration.ofSeconds(10));
  }

  private void start(UnaryOperator<QueryBuilder> settings) throws Exception {
    driver.start(query -> settings.apply(counting(query)));
  }

  private QueryBuilder counting(QueryStart query) {
    return query
        .from(source)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              if (word.equals("bad")) {
                throw new IllegalStateException("bad on purpose");
              }
              int count = state.exists() ? state.get() : 0;
              while (events.hasNext()) {
                events.next();
                count++;
              }
              state.update(count);
              return List.of(word + count).iterator();
            })
        .to(sink);
  }

  private void add(String... some) throws Exception {
    words.add(some);
    settle();
  }

  private void settle() throws Exception {
    driver.settle();
  }

  private void advance(Duration duration) throws Exception {
    driver.advance(duration);
  }

  private long writes() {
    return sink.calls.stream().filter(call -> call.startsWith("write")).count();
  }
}

package io.vellamo.connectors.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.connectors.foreach.Foreach;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.connectors.rate.RateSource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The query that a harness runs: what it does without actors is what it does with them. */
final class HarnessQueryTest {
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();
  private final MemorySink<DeadLetter> letters = MemorySink.create();
  private final List<String> bad = new ArrayList<>(List.of("bad"));
  private int calls;

  @Test
  void pausesOfRetries_takeNoTime() {
    StreamingQueryHarness<String, String> query =
        start(to -> to.onError(ErrorPolicy.retry(3, Duration.ofHours(1)).thenDeadLetter()));

    query.add("bad").expectNoRows();

    assertThat(calls).isEqualTo(4);
    assertThat(letters.rows()).extracting(DeadLetter::event).hasSize(1);
    assertThat(query.clock().instant().toEpochMilli()).isZero();
    query.close();
  }

  @Test
  void parkedGroup_isRedriven_atOnce() {
    StreamingQueryHarness<String, String> query = start(to -> to.onError(ErrorPolicy.park()));
    query.add("a", "bad").expectRows("a1");
    assertThat(now(query.query().parkedGroups())).extracting(ParkedGroup::key).contains("bad");
    assertThat(now(query.query().redrive("unknown"))).isFalse();
    assertThat(now(query.query().release("flatMapGroupsWithState", "unknown"))).isFalse();

    query.restart();
    bad.clear();
    assertThat(now(query.query().redrive("bad"))).isTrue();

    query.expectRows("bad1").close();
    assertThat(query.query().parkedGroups().toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void operator_thatIsUnknown_isRefused() {
    StreamingQueryHarness<String, String> query = start(UnaryOperator.identity());

    assertThatThrownBy(() -> query.query().redrive("other", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "operator must be one of the stateful operators of query [under-test],"
                + " [flatMapGroupsWithState], was [other]");
    query.close();
  }

  @Test
  void errorOfAFunction_failsTheQuery_asItDoesWithActors() {
    StreamingQueryHarness<String, String> query =
        StreamingQueryHarness.start(
            events -> words.addTo(0, events),
            rows::rows,
            start -> count(start.from(words).map(HarnessQueryTest::refuseError)).to(rows));

    assertThatThrownBy(() -> query.add("error"))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageStartingWith("Query [under-test] failed in epoch [1]: ")
        .hasMessageContaining("[java.lang.AssertionError]: refused, at ")
        .hasMessageEndingWith("; nothing of the epoch was emitted, a restart runs it again")
        .hasRootCauseInstanceOf(AssertionError.class);
    query.close();
  }

  @Test
  void sinkThatFails_thenCloses_badly_isNamed() {
    BrokenSink sink = new BrokenSink();
    StreamingQueryHarness<String, String> query =
        StreamingQueryHarness.start(
            events -> words.addTo(0, events),
            rows::rows,
            start -> count(start.from(words)).to(sink));
    assertThat(query.query().guarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);

    assertThatThrownBy(() -> query.add("a"))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageStartingWith(
            "Query [under-test] failed in epoch [1]: writing to a broken sink failed:"
                + " [java.lang.AssertionError]: not written, at ")
        .hasMessageEndingWith("; sinks may hold rows of the epoch, a restart runs it again")
        .hasRootCauseMessage("not written");
    assertThat(query.query().status().message()).startsWith("Terminated with exception: Query");
    sink.writes = true;
    query.restart().stop();

    assertThat(query.query().exception().orElseThrow())
        .hasMessageStartingWith(
            "Query [under-test] failed: [java.lang.IllegalStateException]: not closed, at ")
        .hasMessageEndingWith("; what was committed is safe, start it again");
  }

  @Test
  void queryThatIsStopped_leavesNothingAtTheClock() {
    StreamingQueryHarness<String, String> query = start(UnaryOperator.identity());
    query.add("a").add("b").add("a");
    assertThat(query.clock().waitingTasks()).isEqualTo(1);

    query.stop();

    assertThat(query.clock().waitingTasks()).isZero();
  }

  @Test
  void eventsOfAnotherThread_areProcessedByTheNextVerb() throws Exception {
    StreamingQueryHarness<String, String> query = start(UnaryOperator.identity());
    Thread other = new Thread(() -> words.add("a"));
    other.start();
    other.join();

    query.expectNoRows().drain().expectRows("a1").close();
  }

  @Test
  void queryThatNeverRests_isReported() {
    StreamingQueryHarness<String, String> query =
        StreamingQueryHarness.start(
            events -> words.addTo(0, events),
            rows::rows,
            start -> start.from(words).to(Foreach.<String>each(words::add)));

    assertThatThrownBy(() -> query.add("a"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "the query must rest between two actions of a test, has run [20001] epochs since");
  }

  @Test
  void changedQuery_goesOnFromTheJournal() {
    String[] mark = {"!"};
    StreamingQueryHarness<String, String> query =
        StreamingQueryHarness.start(
            events -> words.addTo(0, events),
            rows::rows,
            start -> {
              String text = mark[0];
              return count(start.from(words)).map(row -> row + text).to(rows);
            });
    query.add("a").expectRows("a1!");
    UUID id = query.query().id();
    UUID runId = query.query().runId();

    mark[0] = "?";
    query.restart().add("a").expectRows("a2?");

    assertThat(query.query().id()).isEqualTo(id);
    assertThat(query.query().runId()).isNotEqualTo(runId);
    query.close();
  }

  @Test
  void queryOfAnotherRuntime_isRefused() {
    StreamingQueryHarness<String, String> other = start(UnaryOperator.identity());
    QueryStarter runtime = plan -> other.query();

    assertThatThrownBy(
            () ->
                StreamingQueryHarness.<String, String>start(
                    events -> words.addTo(0, events),
                    rows::rows,
                    start -> count(QueryStart.of("other", runtime).from(words)).to(rows)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the query of a harness must begin with the start that it is given");
  }

  @Test
  void waits_thatWouldNotEnd_areRefused() throws Exception {
    StreamingQueryHarness<String, String> query =
        start(to -> to.trigger(Trigger.processingTime(Duration.ofMinutes(1))));
    query.add("a");
    StreamingQuery handle = query.query();

    assertThatThrownBy(handle::processAllAvailable)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Query [under-test] must be able to process what is available now, was [Waiting for"
                + " next trigger]; its clock stands still in a harness, use advance(duration)"
                + " instead");
    assertThatThrownBy(handle::awaitTermination)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Query [under-test] must have ended to be waited for");
    assertThat(handle.awaitTermination(Duration.ofHours(1))).isFalse();
    CompletableFuture<Void> ended = handle.whenTerminated().toCompletableFuture();
    assertThat(ended).isNotDone();
    query.stop();
    handle.awaitTermination();
    assertThat(ended).isCompleted();
    assertThat(handle.status().message()).isEqualTo("Stopped");
  }

  @Test
  void processAllAvailable_returnsWhenItIsProcessed() throws Exception {
    StreamingQueryHarness<String, String> query = start(UnaryOperator.identity());
    words.add("a");

    query.query().processAllAvailable();

    query.expectRows("a1").close();
  }

  @Test
  void sourceThatIsPolled_isAskedAtEachOfItsMoments() {
    MemorySink<Long> values = MemorySink.create();
    StreamingQueryHarness<Object, Long> query =
        StreamingQueryHarness.<Object, Long>builder(
                values::rows,
                start -> start.from(RateSource.perSecond(1)).map(event -> event.value()).to(values))
            .named("rates")
            .start();
    assertThat(query.query().name()).isEqualTo("rates");

    query.advance(Duration.ofSeconds(3)).expectRows(1L, 2L, 3L).close();
  }

  private static <T> T now(CompletionStage<T> stage) {
    CompletableFuture<T> done = stage.toCompletableFuture();
    assertThat(done).isDone();
    return done.join();
  }

  private static String refuseError(String word) {
    assertThat(word).as("refused").isNotNull();
    if (word.equals("error")) {
      throw new AssertionError("refused");
    }
    return word;
  }

  private StreamingQueryHarness<String, String> start(UnaryOperator<QueryBuilder> settings) {
    return StreamingQueryHarness.start(
        events -> words.addTo(0, events),
        rows::rows,
        start -> settings.apply(count(start.from(words)).to(rows).deadLettersTo(letters)));
  }

  private EventStream<String> count(EventStream<String> events) {
    return events
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.PROCESSING_TIME, Integer.class, this::number);
  }

  private Iterator<String> number(String word, Iterator<String> events, GroupState<Integer> state) {
    calls++;
    int count = state.optional().orElse(0);
    List<String> numbered = new ArrayList<>();
    while (events.hasNext()) {
      if (bad.contains(events.next())) {
        throw new IllegalStateException("on purpose");
      }
      numbered.add(word + ++count);
    }
    state.update(count);
    state.setTimeoutDuration(Duration.ofDays(1));
    return numbered.iterator();
  }

  /** A sink that does not write until it may, and then can't be closed. */
  private static final class BrokenSink implements RowSink<String> {
    private boolean writes;

    @Override
    public String description() {
      return "a broken sink";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<String> open(SinkContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<? extends String> epoch) {
          if (!writes) {
            throw new AssertionError("not written");
          }
        }

        @Override
        public void close() {
          throw new IllegalStateException("not closed");
        }
      };
    }
  }
}

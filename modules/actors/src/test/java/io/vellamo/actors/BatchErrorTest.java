package io.vellamo.actors;

import static io.vellamo.actors.ErrorRun.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.actors.ErrorRun.Word;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions that throw in a batch, under the policies that go on. */
final class BatchErrorTest {
  private static final ErrorPolicy RETRY_TWICE =
      ErrorPolicy.retry(2, Duration.ofMillis(1)).thenFail();

  private final TestSystem system = TestSystem.start();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void deadLetter_leavesOutTheEventThatThrows_asInAStream() throws Exception {
    ErrorRun run = new ErrorRun(system, "bad");
    run.words.add(word("a", "x"), word("b", "x"), word("a", "bad"), word("a", "y"));

    BatchReport report = run.query(ErrorPolicy.deadLetter()).runBatch();

    assertThat(run.rows.rows()).containsExactlyInAnyOrder("b:x1", "a:x1", "a:y2");
    assertThat(run.letters.rows()).hasSize(1);
    DeadLetter letter = run.letters.rows().get(0);
    assertThat(letter.position()).contains(new Position("memory-0", 2));
    assertThat(letter.key()).contains("a");
    assertThat(letter.event()).contains(word("a", "bad"));
    assertThat(letter.message()).contains("can't number bad");
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(3, 0, 1), 2, 3));
  }

  @Test
  void deadLetter_ofAStage_leavesOutTheEvent() throws Exception {
    ErrorRun run = new ErrorRun(system, "map bad");
    run.words.add(word("a", "bad"), word("a", "x"));

    BatchReport report = run.query(ErrorPolicy.deadLetter()).runBatch();

    assertThat(run.rows.rows()).containsExactly("a:x1");
    assertThat(run.letters.rows()).extracting(DeadLetter::event).hasSize(1);
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(1, 0, 1), 1, 1));
  }

  @Test
  void deadLetter_ofAFunctionOfAllEvents_leavesOutTheGroup_andNeverCallsItWithAPart()
      throws Exception {
    MemorySource<Word> words = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    MemorySink<DeadLetter> letters = MemorySink.create();
    words.add(word("a", "x"), word("a", "bad"), word("b", "y"), word("b", "z"));

    BatchReport report =
        system
            .vellamo()
            .query("errors")
            .from(words)
            .groupByKey(Word::key)
            .mapGroups(BatchErrorTest::join)
            .to(rows)
            .deadLettersTo(letters)
            .onError(ErrorPolicy.deadLetter())
            .runBatch();

    assertThat(rows.rows()).containsExactly("b:yz");
    assertThat(letters.rows())
        .extracting(DeadLetter::event)
        .containsExactly(Optional.of(word("a", "x")), Optional.of(word("a", "bad")));
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(2, 0, 2), 2, 1));
  }

  @Test
  void deadLetter_ofACallForAnInitialState_hasNoEvent() throws Exception {
    MemorySource<Word> words = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    MemorySink<DeadLetter> letters = MemorySink.create();
    words.add(word("a", "x"));
    QueryBuilder query =
        system
            .vellamo()
            .query("errors")
            .from(words)
            .groupByKey(Word::key)
            .withInitialState(InitialState.of(Integer.class, Map.of("a", 5, "b", 7)))
            .<String>flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.NONE,
                (key, events, state) -> {
                  if (!events.hasNext()) {
                    throw new IllegalStateException("broken on purpose");
                  }
                  return List.of(key + state.get()).iterator();
                })
            .to(rows)
            .deadLettersTo(letters);

    BatchReport report = query.onError(ErrorPolicy.deadLetter()).runBatch();

    assertThat(rows.rows()).containsExactly("a5");
    assertThat(letters.rows()).extracting(DeadLetter::key).containsExactly(Optional.of("b"));
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(1, 0, 0), 2, 1));
  }

  @Test
  void retry_thatHelps_leavesNoTraceOfTheFailedCalls() throws Exception {
    ErrorRun run = new ErrorRun(system, "shaky");
    run.mendedAfter(2);
    run.words.add(word("a", "x"), word("a", "shaky"), word("b", "x"));

    BatchReport report = run.query(RETRY_TWICE).runBatch();

    assertThat(run.rows.rows()).containsExactlyInAnyOrder("b:x1", "a:x1", "a:shaky2");
    assertThat(run.calls).hasValue(4);
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(3, 0, 0), 2, 3));
  }

  @Test
  void retry_thatDoesNotHelp_failsTheBatch() {
    ErrorRun run = new ErrorRun(system, "bad");
    run.words.add(word("a", "bad"));

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> run.query(RETRY_TWICE).runBatch())
        .withMessageStartingWith(
            "Query [errors] failed as a batch: the function threw"
                + " [java.lang.IllegalStateException] for group [a], source position"
                + " [memory-0@0]: ")
        .withMessageEndingWith("; a batch runs again from its beginning");

    assertThat(run.calls).hasValue(3);
    assertThat(run.rows.rows()).isEmpty();
  }

  @Test
  void interruption_duringTheWaitForARetry_endsTheBatch() {
    ErrorRun run = new ErrorRun(system, "bad");
    run.words.add(word("a", "bad"));
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(
            () ->
                system
                    .vellamo()
                    .query("errors")
                    .from(run.words)
                    .groupByKey(Word::key)
                    .flatMapGroups(
                        (key, events) -> {
                          Thread.currentThread().interrupt();
                          throw new IllegalStateException("broken on purpose");
                        })
                    .to(MemorySink.<Object>create())
                    .onError(ErrorPolicy.retry(1, Duration.ofDays(1)).thenFail())
                    .runBatch());
    assertThat(Thread.interrupted()).isFalse();
  }

  private static String join(String key, Iterator<Word> words) {
    List<String> texts = new ArrayList<>();
    words.forEachRemaining(word -> texts.add(word.text()));
    if (texts.contains("bad")) {
      throw new IllegalStateException("broken on purpose");
    }
    return key + ":" + String.join("", texts);
  }
}

package io.vellamo.actors;

import static io.vellamo.actors.RunningCount.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.EventStream;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queries that are run once over all input, with the acceptance cases of batches. */
final class BatchTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  /** What a call saw, and the count it made of it. */
  record Call(String key, List<String> events, int count) {}

  @TempDir private Path directory;

  // A journal that does not exist: whoever opens it fails.
  private final TestSystem system =
      TestSystem.start("vellamo.journal.plugin = \"no.such.journal\"");
  private final MemorySource<String> words = MemorySource.create(2);
  private final MemorySink<Count> counts = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void row_changedAndEmittedAgain_isEachTimeWhatItWas() throws Exception {
    MemorySink<List<Integer>> lists = MemorySink.create();
    words.add("a");

    words()
        .groupByKey(word -> word)
        .<List<Integer>>flatMapGroups(
            (word, events) -> {
              List<Integer> list = new ArrayList<>();
              return Stream.of(1, 2)
                  .map(
                      number -> {
                        list.add(number);
                        return list;
                      })
                  .iterator();
            })
        .to(lists)
        .runBatch();

    assertThat(lists.rows()).containsExactly(List.of(1), List.of(1, 2));
  }

  @Test
  void f04_flatMapGroupsWithState_callsEachGroupOnceWithoutState() throws Exception {
    words.add("a", "a", "b");

    BatchReport report =
        words()
            .groupByKey(word -> word)
            .flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.NONE,
                Integer.class,
                (word, events, state) -> {
                  assertThat(state.exists()).isFalse();
                  return List.of(count(word, size(events))).iterator();
                })
            .to(counts)
            .runBatch();

    assertThat(counts.rows()).containsExactlyInAnyOrder(count("a", 2), count("b", 1));
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(3, 0, 0), 2, 2));
  }

  @Test
  void f11_mapGroupsWithState_maySetStateAndTimeout_withoutEffect() throws Exception {
    words.add("a", "a", "b");

    words()
        .withWatermark(word -> NOW, Duration.ZERO)
        .groupByKey(word -> word)
        .mapGroupsWithState(
            GroupStateTimeout.EVENT_TIME,
            Integer.class,
            (word, events, state) -> {
              state.setTimeoutTimestamp(Instant.EPOCH, Duration.ofHours(1));
              state.update(5);
              assertThat(state.get()).isEqualTo(5);
              return count(word, size(events));
            })
        .to(counts)
        .runBatch();

    assertThat(counts.rows()).containsExactlyInAnyOrder(count("a", 2), count("b", 1));
  }

  @Test
  void i04_twoInitialStatesOfAKey_failTheBatch() {
    words.add("a");
    InitialState<String, Integer> twice =
        InitialState.of(Integer.class, List.of(new KeyValue<>("a", 2), new KeyValue<>("a", 1)));

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> fruits(twice).to(counts).runBatch())
        .withMessage(
            "Query [words] failed as a batch: reading the initial states failed: initial states"
                + " must have one state a key, found more for key [a]; merge them first; a batch"
                + " runs again from its beginning")
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(counts.rows()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void i05_initialStates_areCoGroupedWithAllTimeouts(GroupStateTimeout timeout) throws Exception {
    MemorySink<Call> calls = MemorySink.create();
    Map<String, Integer> states = Map.of("S1", 1, "S2", 2, "NoUpdate", 2, "OnlyS", 1);
    words.add("D", "S2");

    BatchReport report =
        words()
            .withWatermark(word -> NOW, Duration.ZERO)
            .groupByKey(word -> word)
            .withInitialState(InitialState.of(Integer.class, states))
            .flatMapGroupsWithState(OutputMode.UPDATE, timeout, BatchTest::countAndTell)
            .to(calls)
            .runBatch();

    assertThat(calls.rows())
        .containsExactlyInAnyOrder(
            new Call("OnlyS", List.of(), 1),
            new Call("NoUpdate", List.of(), 2),
            new Call("S2", List.of("S2"), 3),
            new Call("S1", List.of(), 1),
            new Call("D", List.of("D"), 1));
    assertThat(report.groups()).isEqualTo(5);
  }

  @Test
  void i13_calledOnlyWithEvents_groupsWithoutAreNotCalled() throws Exception {
    InitialState<String, Integer> states =
        InitialState.of(Integer.class, Map.of("apple", 1, "orange", 2));
    words.add("orange", "mango");

    fruits(states.calledOnlyWithEvents()).to(counts).runBatch();
    assertThat(counts.rows()).containsExactlyInAnyOrder(count("orange", 3), count("mango", 1));
    counts.clear();
    fruits(states).to(counts).runBatch();

    assertThat(counts.rows())
        .containsExactlyInAnyOrder(count("orange", 3), count("mango", 1), count("apple", 1));
  }

  @Test
  void g02_timeoutsWithoutAClock_areUnsupportedInBatchToo() throws Exception {
    inOneCall(
        GroupStateTimeout.NONE,
        state -> {
          assertThatThrownBy(() -> state.setTimeoutDuration(Duration.ofSeconds(1)))
              .isInstanceOf(UnsupportedOperationException.class);
          assertThatThrownBy(() -> state.setTimeoutTimestamp(NOW))
              .isInstanceOf(UnsupportedOperationException.class);
        });
  }

  @Test
  void g05_illegalDurations_areRefusedInBatchToo() throws Exception {
    inOneCall(
        GroupStateTimeout.PROCESSING_TIME,
        state -> {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> state.setTimeoutDuration(Duration.ofSeconds(-1)));
          state.setTimeoutDuration(Duration.ofSeconds(1));
        });
  }

  @Test
  void g06_timestamps_areNotComparedWithAWatermark() throws Exception {
    inOneCall(
        GroupStateTimeout.EVENT_TIME,
        state -> {
          state.setTimeoutTimestamp(Instant.ofEpochMilli(1));
          state.setTimeoutTimestamp(Instant.ofEpochMilli(-1));
        });
  }

  @Test
  void g08_hasTimedOut_isFalse() throws Exception {
    inOneCall(
        GroupStateTimeout.PROCESSING_TIME, state -> assertThat(state.hasTimedOut()).isFalse());
  }

  @ParameterizedTest
  @EnumSource
  void g09_currentWatermark_isUnsupported(GroupStateTimeout timeout) throws Exception {
    inOneCall(
        timeout,
        state ->
            assertThatThrownBy(state::currentWatermark)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                    "currentWatermark needs withWatermark upstream of groupByKey, and a query that"
                        + " is not run as a batch"));
  }

  @Test
  void g10_currentProcessingTime_isThatOfTheStart() throws Exception {
    inOneCall(
        GroupStateTimeout.NONE, state -> assertThat(state.currentProcessingTime()).isEqualTo(NOW));
  }

  @Test
  void noEvent_isLate() throws Exception {
    MemorySink<LateEvent> late = MemorySink.create();
    words.add("1000", "1", "500");

    BatchReport report =
        words()
            .withWatermark(word -> Instant.ofEpochSecond(Long.parseLong(word)), Duration.ZERO)
            .groupByKey(word -> "all")
            .flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.EVENT_TIME,
                Integer.class,
                (key, events, state) -> List.of(count(key, size(events))).iterator())
            .to(counts)
            .lateEventsTo(late)
            .maxEventsPerEpoch(1)
            .runBatch();

    assertThat(counts.rows()).containsExactly(count("all", 3));
    assertThat(report.events()).isEqualTo(new EventCounts(3, 0, 0));
    assertThat(late.rows()).isEmpty();
  }

  @Test
  void mapGroupsAndFlatMapGroups_getAllEventsInSourceOrder() throws Exception {
    MemorySink<List<String>> lists = MemorySink.create();
    for (int i = 0; i < 5000; i++) {
      words.add("w" + i);
    }
    words.addTo(1, List.of("x"));

    words().groupByKey(word -> word.charAt(0) == 'w').mapGroups(this::list).to(lists).runBatch();
    words()
        .groupByKey(word -> word.length())
        .flatMapGroups((length, events) -> List.of(count("" + length, size(events))).iterator())
        .to(counts)
        .runBatch();

    assertThat(lists.rows()).hasSize(2).contains(List.of("x"));
    assertThat(lists.rows().get(lists.rows().get(0).size() == 1 ? 1 : 0))
        .startsWith("w0", "w1")
        .endsWith("w4999")
        .hasSize(5000);
    assertThat(counts.rows())
        .containsExactlyInAnyOrder(
            count("1", 1), count("2", 10), count("3", 90), count("4", 900), count("5", 4000));
  }

  @Test
  void mapGroups_inAStream_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> words().groupByKey(word -> word).mapGroups(this::list).to(any()).start())
        .withMessage(
            "Query [words] can't be started: mapGroups needs all events of a key at once, which a"
                + " stream never has; call runBatch(), or use mapGroupsWithState");
  }

  @Test
  void rows_passTheStagesBehindTheOperator_andNeedNotBeJournaled() throws Exception {
    MemorySink<Object> rows = MemorySink.create();
    words.add("a", "b");

    BatchReport report =
        words()
            .groupByKey(word -> word)
            .flatMapGroups((word, events) -> List.<Object>of(new Object(), word).iterator())
            .filter(row -> row instanceof String)
            .to(rows)
            .runBatch();

    assertThat(rows.rows()).containsExactlyInAnyOrder("a", "b");
    assertThat(report.rows()).isEqualTo(2);
  }

  @Test
  void unionAndOperatorsBehindEachOther_areOneBatch() throws Exception {
    MemorySource<String> more = MemorySource.create();
    MemorySink<Count> lengths = MemorySink.create();
    words.add("a", "bb", "a");
    more.add("bb", "cc");

    BatchReport report =
        words()
            .union(system.vellamo().query("words").from(more))
            .dropDuplicates(word -> word)
            .groupByKey(String::length)
            .flatMapGroups((length, all) -> List.of(count("" + length, size(all))).iterator())
            .groupByKey(row -> "all")
            .mapGroups((all, rows) -> count("lengths", size(rows)))
            .to(lengths)
            .runBatch();

    assertThat(lengths.rows()).containsExactly(count("lengths", 2));
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(5, 0, 0), 3 + 2 + 1, 1));
  }

  @Test
  void pipelineWithoutOperator_isRunOverAllInput() throws Exception {
    MemorySink<String> rows = MemorySink.create();
    words.add("a", "b");

    BatchReport report = words().map(word -> word + "!").to(rows).runBatch();

    assertThat(rows.rows()).containsExactly("a!", "b!");
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(2, 0, 0), 0, 2));
  }

  @Test
  void noInput_isABatchWithoutRows() throws Exception {
    BatchReport report =
        words().groupByKey(word -> word).mapGroups(this::list).to(any()).runBatch();

    assertThat(report).isEqualTo(new BatchReport(EventCounts.NONE, 0, 0));
  }

  @Test
  void files_areReadToTheirEnd_brokenLinesAreDeadLetters() throws Exception {
    Path in = Files.createDirectory(directory.resolve("in"));
    Files.writeString(in.resolve("1.jsonl"), "{\"word\":\"a\",\"count\":1}\nbroken\n");
    // Without a line feed at its end, as nothing more will come.
    Files.writeString(in.resolve("2.jsonl"), "{\"word\":\"a\",\"count\":2}");
    MemorySink<DeadLetter> letters = MemorySink.create();
    MemorySink<KeyValue<String, Count>> sums = MemorySink.create();

    BatchReport report =
        system
            .vellamo()
            .query("words")
            .from(JsonLines.source(in, Count.class))
            .groupByKey(Count::word)
            .reduceGroups(Count.class, (a, b) -> count(a.word(), a.count() + b.count()))
            .to(sums)
            .deadLettersTo(letters)
            .runBatch();

    assertThat(sums.rows()).containsExactly(new KeyValue<>("a", count("a", 3)));
    assertThat(letters.rows())
        .singleElement()
        .extracting(DeadLetter::entry)
        .hasToString("Optional[broken]");
    assertThat(report).isEqualTo(new BatchReport(new EventCounts(2, 0, 1), 1, 1));
  }

  @Test
  void streamOfTheSameName_isNoneOfItsBusiness() throws Exception {
    try (TestSystem other = TestSystem.start()) {
      words.add("a");
      StreamingQuery stream =
          counted(other.vellamo().query("words").from(words)).to(counts).start();
      stream.processAllAvailable();
      MemorySink<Count> batch = MemorySink.create();

      counted(other.vellamo().query("words").from(words)).to(batch).runBatch();
      words.add("a");
      stream.processAllAvailable();

      assertThat(batch.rows()).containsExactly(count("a", 1));
      assertThat(counts.rows()).containsExactly(count("a", 1), count("a", 2));
      stream.stop();
    }
  }

  /** Runs a batch of one event, whose call looks at its group's state. */
  private void inOneCall(GroupStateTimeout timeout, Look look) throws InterruptedException {
    words.add("a");
    words()
        .withWatermark(word -> NOW, Duration.ZERO)
        .groupByKey(word -> word)
        .mapGroupsWithState(
            timeout,
            Integer.class,
            (word, events, state) -> {
              look.at(state);
              return count(word, size(events));
            })
        .to(counts)
        .clock(ManualClock.at(NOW))
        .runBatch();
    assertThat(counts.rows()).containsExactly(count("a", 1));
  }

  /** What a call does with its group's state. */
  @FunctionalInterface
  private interface Look {
    void at(GroupState<Integer> state);
  }

  private EventStream<String> words() {
    return system.vellamo().query("words").from(words);
  }

  private static MemorySink<Object> any() {
    return MemorySink.create();
  }

  private EventStream<Count> fruits(InitialState<String, Integer> states) {
    return words()
        .groupByKey(word -> word)
        .withInitialState(states)
        .mapGroupsWithState(
            GroupStateTimeout.NONE,
            (word, events, state) -> count(word, state.optional().orElse(0) + size(events)));
  }

  private static EventStream<Count> counted(EventStream<String> words) {
    return words
        .groupByKey(word -> word)
        .mapGroupsWithState(
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              int sum = state.optional().orElse(0) + size(events);
              state.update(sum);
              return count(word, sum);
            });
  }

  private static Iterator<Call> countAndTell(
      String key, Iterator<String> events, GroupState<Integer> state) {
    assertThat(state.hasTimedOut()).isFalse();
    List<String> seen = new ArrayList<>();
    events.forEachRemaining(seen::add);
    int count = state.optional().orElse(0) + seen.size();
    if (!key.equals("NoUpdate")) {
      state.update(count);
    }
    return List.of(new Call(key, seen, count)).iterator();
  }

  private List<String> list(Object key, Iterator<String> events) {
    List<String> all = new ArrayList<>();
    events.forEachRemaining(all::add);
    return all;
  }

  private static int size(Iterator<?> events) {
    int size = 0;
    for (; events.hasNext(); events.next()) {
      size++;
    }
    return size;
  }
}

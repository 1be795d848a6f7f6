package io.vellamo.actors;

import static io.vellamo.actors.RunningCount.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.EventStream;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.OutputMode;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Acceptance cases of stateful groups, on whole queries over restarts; the contract of both
 * hostings. With one group kept live a shard, most groups that time out are not in memory.
 */
abstract class GroupCases {
  /** A key and a second of event time. */
  record Reading(String key, long second) {
    Instant time() {
      return Instant.ofEpochSecond(second);
    }
  }

  private final TestSystem system;
  private long epochSize = 100;

  GroupCases(String hosting) {
    system =
        TestSystem.start(
            "vellamo.passivation.max-active-groups = 1\nvellamo.query.hosting = " + hosting);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void f01_flatMapGroupsWithState_countsOverRestarts() {
    RunningCount counting = new RunningCount();
    QuerySteps<String, Count> query =
        words(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            (word, events, state) -> {
              assertThatThrownBy(state::currentWatermark)
                  .isInstanceOf(UnsupportedOperationException.class);
              assertThat(state.currentProcessingTime()).isAfterOrEqualTo(Instant.EPOCH);
              return counting.call(word, events, state);
            });

    query.add("a").expectRows(count("a", 1)).expectGroups(1).expectChanges(1, 0);
    query.add("a", "b").expectRows(count("a", 2), count("b", 1));
    query.expectGroups(2).expectChanges(2, 0).restart();
    query.add("a", "b").expectRows(count("b", 2)).expectGroups(1).expectChanges(1, 1).restart();
    query.add("a", "c").expectRows(count("a", 1), count("c", 1));
    query.expectGroups(3).expectChanges(2, 0).close();
  }

  @Test
  void f02_iteratorThatUpdatesStateLazily_isReadToItsEnd() {
    QuerySteps<String, Count> query =
        words(OutputMode.UPDATE, GroupStateTimeout.NONE, GroupCases::countLazily);

    query.add("a", "a", "b").expectRows(count("a", 1), count("a", 2), count("b", 1)).restart();
    query.add("a", "b").expectRows(count("b", 2)).restart();
    query.add("a", "c").expectRows(count("a", 1), count("c", 1)).close();
  }

  @Test
  void f05_processingTimeTimeout_firesOverRestartAndWithoutData() {
    QuerySteps<String, Count> query =
        words(OutputMode.UPDATE, GroupStateTimeout.PROCESSING_TIME, GroupCases::countUntilSilent);

    query.advance(seconds(1)).add("a").expectRows(count("a", 1));
    query.expectGroups(1).expectChanges(1, 0);
    query.advance(seconds(1)).add("b").expectRows(count("b", 1));
    query.expectGroups(2).expectChanges(1, 0);
    query.advance(seconds(10)).add("b").expectRows(count("a", -1), count("b", 2));
    query.expectGroups(1).expectChanges(1, 1).restart();
    query.advance(seconds(11)).add("c").expectRows(count("b", -1), count("c", 1));
    query.expectGroups(1).expectChanges(1, 1);
    query.advance(seconds(12)).expectRows(count("c", -1));
    query.expectGroups(0).expectChanges(0, 1).close();
  }

  @Test
  void f06_eventTimeTimeout_firesWhenWatermarkHasPassed() {
    QuerySteps<Reading, Count> query =
        readings(
            seconds(10),
            groups ->
                groups.flatMapGroupsWithState(
                    OutputMode.APPEND,
                    GroupStateTimeout.EVENT_TIME,
                    Long.class,
                    GroupCases::latest));

    query.add(new Reading("a", 11), new Reading("a", 13), new Reading("a", 15));
    query.expectRows(count("a", 15));
    query.add(new Reading("a", 4)).expectNoRows().expectLate(1);
    query.add(new Reading("a", 10)).expectRows(count("a", 15)).expectLate(0);
    query.add(new Reading("b", 31)).expectRows(count("a", -1), count("b", 31)).close();
  }

  @Test
  void f12_progress_countsTheOperatorsGroups() {
    QuerySteps<Reading, Count> query =
        readings(
            seconds(10),
            groups ->
                groups.flatMapGroupsWithState(
                    OutputMode.APPEND,
                    GroupStateTimeout.EVENT_TIME,
                    Long.class,
                    GroupCases::latest));

    query.add(new Reading("a", 11), new Reading("a", 13), new Reading("a", 15));
    query.expectGroups(1).expectChanges(1, 0).expectLate(0);
    query.add(new Reading("a", 4)).expectLate(1);
    assertThat(query.query().lastProgress().orElseThrow().operators())
        .singleElement()
        .extracting(OperatorProgress::name, OperatorProgress::late)
        .containsExactly("flatMapGroupsWithState", 1L);
    query.expectChanges(0, 0).add(new Reading("a", 10)).add(new Reading("b", 31));
    query.expectGroups(1).expectChanges(2, 1).expectLate(0).close();
  }

  @Test
  void f10_mapGroupsWithState_countsOverRestarts() {
    QuerySteps<String, Count> query =
        start(
            MemorySource.create(),
            source ->
                source
                    .groupByKey(word -> word)
                    .mapGroupsWithState(
                        GroupStateTimeout.NONE, Integer.class, GroupCases::countToThree));

    query.add("a").expectRows(count("a", 1)).expectGroups(1).expectChanges(1, 0);
    query.add("a", "b").expectRows(count("a", 2), count("b", 1));
    query.expectGroups(2).expectChanges(2, 0).restart();
    query.add("a", "b").expectRows(count("a", -1), count("b", 2));
    query.expectGroups(1).expectChanges(1, 1).restart();
    query.add("a", "c").expectRows(count("a", 1), count("c", 1));
    query.expectGroups(3).expectChanges(2, 0).close();
  }

  @Test
  void f14_functionThrows_epochRunsAgainOnceItIsMended() {
    AtomicBoolean broken = new AtomicBoolean();
    QuerySteps<String, Count> query =
        words(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            (word, events, state) -> {
              if (broken.get() && word.equals("a")) {
                throw new IllegalStateException("broken on purpose");
              }
              return List.of(count(word, countAll(events, state))).iterator();
            });

    query.add("a").expectRows(count("a", 1));
    query.add("a").expectRows(count("a", 2));
    broken.set(true);
    query.addFailing("failed in epoch [3]", "other", "a").expectNoRows();
    broken.set(false);
    query.restart().expectRows(count("a", 3), count("other", 1)).close();
  }

  @Test
  void f16_dueTimeoutOfAGroupWithData_doesNotFire() {
    epochSize = 1;
    QuerySteps<Reading, Count> query =
        readings(
            Duration.ZERO,
            groups ->
                groups.flatMapGroupsWithState(
                    OutputMode.UPDATE,
                    GroupStateTimeout.EVENT_TIME,
                    Integer.class,
                    GroupCases::firstCallSetsTimeout));

    // An epoch each, without one in between: the second has data and a due timeout.
    query.add(new Reading("k", 1), new Reading("k", 2));

    assertThat(query.query().recentProgress())
        .extracting(epoch -> epoch.events().input())
        .startsWith(1L, 1L);
    query.expectNoRows().expectGroups(1).close();
  }

  @Test
  void f17_watermarkAndProcessingTimeTimeout_goTogether() {
    QuerySteps<Reading, Count> query =
        readings(
            seconds(10),
            groups ->
                groups.flatMapGroupsWithState(
                    OutputMode.UPDATE,
                    GroupStateTimeout.PROCESSING_TIME,
                    Integer.class,
                    GroupCases::countUntilSilent));

    query.advance(seconds(1)).add(new Reading("a", 1)).expectRows(count("a", 1)).close();
  }

  private QuerySteps<String, Count> words(
      OutputMode mode,
      GroupStateTimeout timeout,
      FlatMapGroupsWithStateFunction<String, String, Integer, Count> function) {
    return start(
        MemorySource.create(),
        source ->
            source
                .groupByKey(word -> word)
                .flatMapGroupsWithState(mode, timeout, Integer.class, function));
  }

  private QuerySteps<Reading, Count> readings(
      Duration delay, Function<GroupedStream<String, Reading>, EventStream<Count>> operator) {
    return start(
        MemorySource.create(),
        source ->
            operator.apply(source.withWatermark(Reading::time, delay).groupByKey(Reading::key)));
  }

  private <T> QuerySteps<T, Count> start(
      MemorySource<T> source, Function<EventStream<T>, EventStream<Count>> pipeline) {
    MemorySink<Count> rows = MemorySink.create();
    return QuerySteps.start(
        events -> source.addTo(0, events),
        rows::rows,
        clock ->
            pipeline
                .apply(system.vellamo().query("case").from(source))
                .to(rows)
                .maxEventsPerEpoch(epochSize)
                .clock(clock));
  }

  private static Iterator<Count> countLazily(
      String word, Iterator<String> events, GroupState<Integer> state) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(events, 0), false)
        .flatMap(
            event -> {
              int count = state.optional().orElse(0) + 1;
              if (count == 3) {
                state.remove();
                return Stream.<Count>empty();
              }
              state.update(count);
              return Stream.of(count(word, count));
            })
        .iterator();
  }

  /** Counts; forgets the word ten seconds after its last event, and says so with −1. */
  private static <V> Iterator<Count> countUntilSilent(
      String word, Iterator<V> events, GroupState<Integer> state) {
    if (state.hasTimedOut()) {
      state.remove();
      return List.of(count(word, -1)).iterator();
    }
    int count = countAll(events, state);
    state.setTimeoutDuration(seconds(10));
    return List.of(count(word, count)).iterator();
  }

  /** Keeps and emits the latest second; forgets the key five seconds after it. */
  private static Iterator<Count> latest(
      String key, Iterator<Reading> events, GroupState<Long> state) {
    if (state.hasTimedOut()) {
      state.remove();
      return List.of(count(key, -1)).iterator();
    }
    long latest = state.optional().orElse(0L);
    while (events.hasNext()) {
      latest = Math.max(latest, events.next().second);
    }
    state.update(latest);
    state.setTimeoutTimestamp(Instant.ofEpochSecond(latest + 5));
    return List.of(count(key, (int) latest)).iterator();
  }

  /** Counts; forgets the word at the third and says so with −1. */
  private static Count countToThree(
      String word, Iterator<String> events, GroupState<Integer> state) {
    if (countAll(events, state) == 3) {
      state.remove();
      return count(word, -1);
    }
    return count(word, state.get());
  }

  private static Iterator<Count> firstCallSetsTimeout(
      String key, Iterator<Reading> events, GroupState<Integer> state) {
    if (state.hasTimedOut()) {
      throw new IllegalStateException("the group has data and must not time out");
    }
    if (!state.exists()) {
      state.update(1);
      state.setTimeoutTimestamp(Instant.ofEpochMilli(500));
    }
    return List.<Count>of().iterator();
  }

  private static int countAll(Iterator<?> events, GroupState<Integer> state) {
    int count = state.optional().orElse(0);
    for (; events.hasNext(); events.next()) {
      count++;
    }
    state.update(count);
    return count;
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}

package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stateful operators behind each other. */
final class OperatorChainTest {
  record Reading(String key, long second) {
    Instant time() {
      return Instant.ofEpochSecond(second);
    }
  }

  record Count(String key, long count) {}

  private final TestSystem system = TestSystem.start();
  private final MemorySource<Reading> readings = MemorySource.create();
  private final MemorySink<Count> rows = MemorySink.create();
  private final MemorySink<LateEvent> late = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void deduplication_thenTimeoutsInEventTime_keepsEventTimes() {
    try (QuerySteps<Reading, Count> query =
        query(
            events ->
                events
                    .withWatermark(Reading::time, Duration.ofSeconds(10))
                    .dropDuplicatesWithEventTime(Reading::key)
                    .named("duplicates")
                    .groupByKey(Reading::key)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.EVENT_TIME,
                        Long.class,
                        OperatorChainTest::latest)
                    .named("latest"))) {
      query.add(new Reading("a", 11), new Reading("a", 11), new Reading("a", 15));
      query.expectRows(new Count("a", 15));
      query.add(new Reading("a", 4)).expectNoRows().expectLate(1).restart();
      query.add(new Reading("a", 15), new Reading("a", 10)).expectRows(new Count("a", 15));
      query.add(new Reading("b", 31)).expectRows(new Count("a", -1), new Count("b", 31));
    }
  }

  @Test
  void functions_behindEachOther_runInTheSameEpoch() {
    try (QuerySteps<Reading, Count> query =
        query(
            events ->
                runningCount(events.groupByKey(Reading::key))
                    .filter(count -> count.count() % 2 == 0)
                    .groupByKey(count -> "even")
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        Long.class,
                        OperatorChainTest::countAll)
                    .named("even"))) {
      query.add(new Reading("a", 1), new Reading("b", 1)).expectNoRows();
      query.add(new Reading("a", 2)).expectRows(new Count("even", 1)).restart();
      query.add(new Reading("b", 2), new Reading("a", 3)).expectRows(new Count("even", 2));
      List<OperatorProgress> operators = query.query().lastProgress().orElseThrow().operators();
      assertThat(operators).extracting(OperatorProgress::input).containsExactly(2L, 1L);
      assertThat(operators).extracting(OperatorProgress::rows).containsExactly(2L, 1L);
      assertThat(operators)
          .extracting(operator -> operator.state().groups())
          .containsExactly(2L, 1L);
    }
  }

  @Test
  void newWatermark_betweenOperators_makesRowsLate() {
    try (QuerySteps<Reading, Count> query =
        query(
            events ->
                runningCount(events.groupByKey(Reading::key))
                    .withWatermark(count -> Instant.ofEpochSecond(count.count()), Duration.ZERO)
                    .groupByKey(Count::key)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.EVENT_TIME,
                        Long.class,
                        OperatorChainTest::countAll)
                    .named("again"))) {
      query.add(new Reading("a", 1), new Reading("a", 1)).expectRows(new Count("a", 1));
      query.add(new Reading("b", 1)).expectNoRows();

      assertThat(late.rows())
          .containsExactly(
              new LateEvent(new Count("b", 1), Instant.ofEpochSecond(1), Instant.ofEpochSecond(2)));
      assertThat(query.query().watermark().orElseThrow().inputs().get(0).name())
          .isEqualTo("rows of count");
    }
  }

  @Test
  void f13_unionOfAStreamAndAFunctionsRows_keepsBoth() {
    MemorySource<Reading> others = MemorySource.create();
    try (QuerySteps<Reading, Count> query =
        QuerySteps.start(
            events -> {
              readings.addTo(0, events);
              others.addTo(0, List.of(new Reading("plain", events.size())));
            },
            rows::rows,
            clock -> {
              QueryStart start = system.vellamo().query("chain");
              return start
                  .from(others)
                  .map(reading -> new Count(reading.key(), reading.second()))
                  .union(runningCount(start.from(readings).groupByKey(Reading::key)))
                  .to(rows)
                  .clock(clock);
            })) {
      query.add(new Reading("a", 1)).expectRows(new Count("plain", 1), new Count("a", 1));
      query.restart();
      query.add(new Reading("a", 1), new Reading("b", 1));
      query.expectRows(new Count("plain", 2), new Count("a", 2), new Count("b", 1));
    }
  }

  @Test
  void operator_addedAfterAnotherOne_startsWithoutGroups_andTheOtherGoesOn() {
    query(events -> runningCount(events.groupByKey(Reading::key)))
        .add(new Reading("a", 1))
        .drain()
        .close();
    rows.clear();

    try (QuerySteps<Reading, Count> longer =
        query(events -> total(runningCount(events.groupByKey(Reading::key))))) {
      longer.add(new Reading("a", 1), new Reading("b", 1));

      longer.expectRows(new Count("all", 3));
      assertThat(longer.query().lastProgress().orElseThrow().operators())
          .extracting(OperatorProgress::name)
          .containsExactly("count", "total");
      longer.restart();
      longer.add(new Reading("b", 1)).expectRows(new Count("all", 5));
    }
  }

  @Test
  void operator_addedBeforeAnotherOne_leavesTheGroupsOfTheOther() {
    query(events -> runningCount(events.groupByKey(Reading::key)))
        .add(new Reading("a", 1))
        .drain()
        .close();
    rows.clear();

    try (QuerySteps<Reading, Count> longer =
        query(
            events ->
                runningCount(
                    events
                        .dropDuplicates(Reading::key)
                        .named("first")
                        .map(reading -> reading)
                        .groupByKey(Reading::key)))) {
      longer.add(new Reading("a", 2), new Reading("a", 3), new Reading("b", 1));

      longer.expectRows(new Count("a", 2), new Count("b", 1)).restart();
      longer.add(new Reading("a", 4), new Reading("c", 1)).expectRows(new Count("c", 1));
    }
  }

  @Test
  void operator_thatIsLeftOut_isRefusedByName() {
    query(events -> total(runningCount(events.groupByKey(Reading::key))))
        .add(new Reading("a", 1))
        .drain()
        .close();

    assertRefused(
        events -> runningCount(events.groupByKey(Reading::key)),
        "the stateful operators must include [total], whose groups are in the journal, were"
            + " [count]; put it back under that name with named(\"total\"), or start a query of"
            + " another name");
  }

  @Test
  void operator_withAnotherTimeout_isRefusedByName() {
    query(events -> runningCount(events.groupByKey(Reading::key)))
        .add(new Reading("a", 1))
        .drain()
        .close();

    assertRefused(
        events ->
            events
                .groupByKey(Reading::key)
                .flatMapGroupsWithState(
                    OutputMode.APPEND,
                    GroupStateTimeout.PROCESSING_TIME,
                    Long.class,
                    OperatorChainTest::countAll)
                .named("count"),
        "operator [count] must have timeout [NONE], as when it was first started, has"
            + " [PROCESSING_TIME]; set it back, or give the operator a new name and lose its"
            + " groups");
  }

  private void assertRefused(
      Function<EventStream<Reading>, EventStream<Count>> pipeline, String message) {
    try (QuerySteps<Reading, Count> other = query(pipeline)) {
      other.drain();
      throw new AssertionError("a query with other operators must be refused");
    } catch (StreamingQueryException e) {
      assertThat(e).hasMessageContaining(message);
    }
  }

  private static EventStream<Count> total(EventStream<Count> counts) {
    return counts
        .groupByKey(count -> "all")
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Long.class, OperatorChainTest::sum)
        .named("total");
  }

  private static Iterator<Count> sum(String key, Iterator<Count> counts, GroupState<Long> state) {
    long sum = state.optional().orElse(0L);
    while (counts.hasNext()) {
      sum += counts.next().count();
    }
    state.update(sum);
    return List.of(new Count(key, sum)).iterator();
  }

  private QuerySteps<Reading, Count> query(
      Function<EventStream<Reading>, EventStream<Count>> pipeline) {
    return QuerySteps.start(
        events -> readings.addTo(0, events),
        rows::rows,
        clock ->
            pipeline
                .apply(system.vellamo().query("chain").from(readings))
                .to(rows)
                .lateEventsTo(late)
                .clock(clock));
  }

  private static EventStream<Count> runningCount(GroupedStream<String, Reading> groups) {
    return groups
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Long.class, OperatorChainTest::countAll)
        .named("count");
  }

  private static Iterator<Count> countAll(String key, Iterator<?> events, GroupState<Long> state) {
    long count = state.optional().orElse(0L);
    while (events.hasNext()) {
      events.next();
      count++;
    }
    state.update(count);
    return List.of(new Count(key, count)).iterator();
  }

  private static Iterator<Count> latest(
      String key, Iterator<Reading> events, GroupState<Long> state) {
    if (state.hasTimedOut()) {
      state.remove();
      return List.of(new Count(key, -1)).iterator();
    }
    long latest = state.optional().orElse(0L);
    while (events.hasNext()) {
      latest = Math.max(latest, events.next().second());
    }
    state.update(latest);
    state.setTimeoutTimestamp(Instant.ofEpochSecond(latest + 5));
    return List.of(new Count(key, latest)).iterator();
  }
}

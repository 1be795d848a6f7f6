package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.at;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;
import static io.vellamo.connectors.aggregate.AggregationRun.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.window.Window;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Aggregations of the rows of other operators, and operators on the rows of aggregations. */
final class AggregationChainsTest {
  /** A row of an aggregation. */
  record Counted(String key, Window window, long count) {
    String line() {
      return key + text(window) + "=" + count;
    }
  }

  /** A row of an aggregation of counts. */
  record Summed(Window window, long windows, long sum) {
    String line() {
      return text(window) + "=" + windows + "," + sum;
    }
  }

  @Test
  void m01_windowsOfWindows() {
    StreamingQueryHarness<Reading, String> query =
        start(readings -> perTen(perFive(readings, 0)).map(Summed::line));

    query.add(range(10, 21)).expectRows("[10,20)=2,10");
    assertThat(late(query)).isZero();
    query.add(range(10, 29)).expectNoRows().expectLate(10);
    query.add(range(30, 31)).expectRows("[20,30)=2,12").expectLate(0);
  }

  @Test
  void m02_threeLevels_emitInOneEpoch() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                perTen(perFive(readings, 0))
                    .groupBy(Window.tumbling(seconds(20)))
                    .aggregate(
                        Aggregates.count(),
                        Numbers.sum(Summed::sum),
                        (none, window, count, sum) -> new Summed(window, count, sum))
                    .named("per20")
                    .map(Summed::line));

    query.add(range(0, 37)).expectRows("[0,20)=2,20");
    query.add(range(30, 60)).expectRows("[20,40)=2,23", "[40,60)=2,20").expectLate(5);
  }

  @Test
  void m03_deduplication_thenWindows() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(10))
                    .dropDuplicatesWithEventTime(Reading::second)
                    .named("distinct")
                    .groupBy(Window.tumbling(seconds(5)))
                    .aggregate(Aggregates.count(), (none, window, count) -> text(window) + count)
                    .named("count"));

    query.add(range(1, 15)).expectRows("[0,5)4");
    // The event at the watermark is remembered, since it is not late.
    assertThat(groups(query)).containsExactly(11L, 1L);
  }

  @Test
  void m05_deduplicationOfRows() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                perFive(readings, 0)
                    .dropDuplicates(row -> row.count() + "@" + row.window().end())
                    .named("distinct")
                    .map(Counted::line));

    query.add(at(1, 5, 10, 15)).expectRows("a[0,5)=1", "a[5,10)=1", "a[10,15)=1");
  }

  @Test
  void m05_deduplicationOfRows_withEventTime_forgetsThem() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                perFive(readings, 0)
                    .dropDuplicatesWithEventTime(Counted::count)
                    .named("distinct")
                    .map(Counted::line));

    query.add(at(1, 5, 10, 15)).expectRows("a[0,5)=1", "a[5,10)=1", "a[10,15)=1");
    assertThat(groups(query)).containsExactly(1L, 0L);
  }

  @Test
  void d05_deduplication_thenWindows_overTime() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(10))
                    .dropDuplicatesWithEventTime(Reading::key)
                    .named("distinct")
                    .groupBy(Window.tumbling(seconds(5)))
                    .aggregate(Aggregates.count(), (none, window, count) -> text(window) + count)
                    .named("count"));

    query.add(
        LongStream.range(0, 25)
            .map(each -> 10 + each % 5)
            .mapToObj(Reading::at)
            .toArray(Reading[]::new));
    query.add(at(15)).expectNoRows();
    query.add(at(25)).expectRows("[10,15)5");
    query.add(at(10)).expectNoRows().expectLate(1);
    query.add(at(40)).expectRows("[15,20)1", "[25,30)1");
  }

  @Test
  void otherKeysAndSlidingWindows_ofRows() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                perFive(readings, 10)
                    .groupBy(
                        row -> row.count() > 1 ? "busy" : "quiet",
                        Window.sliding(seconds(20), seconds(10)))
                    .aggregate(Numbers.sum(Counted::count), AggregationRun::row)
                    .named("busy"));

    query.add(at(1, 2, 7));
    query.add(Reading.at("b", 3), Reading.at("b", 3), Reading.at("b", 13)).expectNoRows();
    query.add(at(100));

    query.expectRows(
        "busy[-10,10)=4", "busy[0,20)=4", "quiet[-10,10)=1", "quiet[0,20)=2", "quiet[10,30)=1");
  }

  @Test
  void sessionsOfWindows_andWindowsOfSessions() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                perFive(readings, 0)
                    .groupBy(Counted::key, Window.session(seconds(5)))
                    .aggregate(
                        Numbers.sum(Counted::count),
                        (key, session, sum) -> new Counted(key, session, sum))
                    .named("runs")
                    .groupBy(Counted::key, Window.tumbling(seconds(60)))
                    .aggregate(Aggregates.count(), AggregationRun::row)
                    .named("per-minute"));

    query.add(at(1, 6, 11, 31, 33, 50));
    query.add(Reading.at("b", 200)).expectRows("a[0,60)=3");
  }

  @Test
  void rowsOfAProcessor_withEventTimes_areCounted() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(0))
                    .groupByKey(Reading::key)
                    .process(OutputMode.APPEND, new Doubling())
                    .named("twice")
                    .groupBy(Reading::key, Window.tumbling(seconds(10)))
                    .aggregate(Aggregates.count(), AggregationRun::row)
                    .named("count"));

    query.add(at(1, 2)).expectNoRows();
    query.add(at(10)).expectRows("a[0,10)=4");
  }

  @Test
  void rowsOfFlatMapGroupsWithState_withoutTimeout_areCountedByKey() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .groupByKey(Reading::key)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        Integer.class,
                        (key, events, state) -> {
                          state.update(1);
                          return List.of(key).iterator();
                        })
                    .named("calls")
                    .groupByKey(key -> key)
                    .aggregate(Aggregates.count(), (key, count) -> key + count)
                    .named("count")
                    .outputMode(OutputMode.UPDATE));

    query.add(at(1, 2)).expectRows("a1");
    query.add(at(1, 2)).expectRows("a2");
  }

  @Test
  void rowsOfAnAggregation_goToFlatMapGroupsWithState() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                perFive(readings, 0)
                    .groupByKey(Counted::key)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        Long.class,
                        (key, rows, state) -> {
                          long sum = state.optional().orElse(0L);
                          while (rows.hasNext()) {
                            sum += rows.next().count();
                          }
                          state.update(sum);
                          return List.of(key + sum).iterator();
                        })
                    .named("sums"));

    query.add(at(1, 2, 5)).expectRows("a2");
    query.add(at(10)).expectRows("a3");
  }

  @Test
  void union_ofTwoStreams_hasTheEarlierWatermark() {
    MemorySource<Reading> left = MemorySource.create();
    MemorySource<Reading> right = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    StreamingQueryHarness<Reading, String> query =
        StreamingQueryHarness.<Reading, String>builder(
                rows::rows,
                begin ->
                    begin
                        .from(left)
                        .withWatermark(Reading::time, seconds(0))
                        .union(begin.from(right).withWatermark(Reading::time, seconds(5)))
                        .groupBy(Reading::key, Window.tumbling(seconds(10)))
                        .aggregate(Aggregates.count(), AggregationRun::row)
                        .to(rows))
            .feed("left", Reading.class, events -> left.addTo(0, events))
            .feed("right", Reading.class, events -> right.addTo(0, events))
            .start();

    query.addTo("left", at(3, 40)).expectNoRows();
    query.addTo("right", at(4, 20)).expectRows("a[0,10)=2");
    query.addTo("right", at(100)).expectRows("a[20,30)=1");
    query.restart().addTo("left", at(41, 100)).expectRows("a[40,50)=2");
  }

  @Test
  void unionOfTwoAggregations_feedsAThird() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings -> {
              EventStream<Counted> fives = perFive(readings, 0);
              EventStream<Counted> sevens =
                  readings
                      .withWatermark(Reading::time, seconds(0))
                      .groupBy(Reading::key, Window.tumbling(seconds(7)))
                      .aggregate(
                          Aggregates.count(), (key, window, n) -> new Counted(key, window, n))
                      .named("per7");
              return fives
                  .union(sevens)
                  .groupBy(Counted::key, Window.tumbling(seconds(35)))
                  .aggregate(Numbers.sum(Counted::count), AggregationRun::row)
                  .named("both");
            });

    query.add(range(0, 34)).expectNoRows();
    query.add(at(35)).expectRows("a[0,35)=70");
  }

  @Test
  void drain_closesAllLevels() {
    AtomicReference<Trigger> trigger = new AtomicReference<>(Trigger.asap());
    StreamingQueryHarness<Reading, String> query =
        start(
            readings -> perTen(perFive(readings, 0)).map(Summed::line),
            builder -> builder.trigger(trigger.get()));
    query.add(range(0, 7)).expectNoRows().stop();
    trigger.set(Trigger.drain());

    query.add(range(8, 12)).resume();

    query.expectRows("[0,10)=2,10", "[10,20)=1,3").expectGroups(0).expectEnded();
  }

  @Test
  void drain_closesSessions() {
    AtomicReference<Trigger> trigger = new AtomicReference<>(Trigger.asap());
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(0))
                    .groupBy(Reading::key, Window.session(seconds(10)))
                    .aggregate(Aggregates.count(), AggregationRun::row),
            builder -> builder.trigger(trigger.get()));
    query.add(at(1, 2, 3)).expectNoRows().stop();
    trigger.set(Trigger.drain());

    query.resume().expectRows("a[1,13)=3").expectGroups(0).expectEnded();
  }

  private static EventStream<Counted> perFive(EventStream<Reading> readings, long delay) {
    return readings
        .withWatermark(Reading::time, seconds(delay))
        .groupBy(Reading::key, Window.tumbling(seconds(5)))
        .aggregate(Aggregates.count(), (key, window, count) -> new Counted(key, window, count))
        .named("per5");
  }

  private static EventStream<Summed> perTen(EventStream<Counted> rows) {
    return rows.groupBy(Window.tumbling(seconds(10)))
        .aggregate(
            Aggregates.count(),
            Numbers.sum(Counted::count),
            (none, window, count, sum) -> new Summed(window, count, sum))
        .named("per10");
  }

  private static Reading[] range(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(Reading::at).toArray(Reading[]::new);
  }

  private static long late(StreamingQueryHarness<Reading, String> query) {
    return query.query().lastProgress().orElseThrow().total().late();
  }

  private static List<Long> groups(StreamingQueryHarness<Reading, String> query) {
    List<OperatorProgress> operators = query.query().lastProgress().orElseThrow().operators();
    return operators.stream().map(each -> each.state().groups()).toList();
  }
}

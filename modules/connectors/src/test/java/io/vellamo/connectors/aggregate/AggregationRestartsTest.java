package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.at;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.SerializationException;
import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Queries whose windows, aggregates or mode are others after a restart. */
final class AggregationRestartsTest {
  private static final Windows<Object> FIVE = Window.tumbling(seconds(5));
  private static final Windows<Object> TEN = Window.tumbling(seconds(10));

  // The pipeline of the next start.
  private Function<EventStream<Reading>, EventStream<String>> pipeline = by(FIVE);

  @Test
  void windowsOfOtherSlices_areRefused_soThatOpenOnesAreNotLost() {
    StreamingQueryHarness<Reading, String> query = started();
    query.add(at(1, 2)).stop();
    pipeline = by(TEN);

    query.expectFailure(
        refused("slices of [PT5S]", "can't be read as those of [PT10S]"),
        StreamingQueryHarness::resume);
    pipeline = by(Window.tumbling(seconds(5)).withOffset(seconds(1)));
    query.expectFailure(
        refused("can't be read as those of [PT5S] shifted by [PT1S]"),
        StreamingQueryHarness::resume);
    pipeline = by(Window.session(seconds(5)));
    query.expectFailure(
        refused("operator [aggregate] must have a single state"), StreamingQueryHarness::resume);
    pipeline = by(FIVE);
    query.resume().add(at(10)).expectRows("a[0,5)=2");
  }

  @Test
  void windowsOfOtherSlices_thatAreStoredOneByOne_areRefused() {
    pipeline = summed(FIVE);
    StreamingQueryHarness<Reading, String> query = started();
    query.add(at(1, 2)).stop();
    pipeline = summed(TEN);

    query.expectFailure(
        refused("operator [aggregate] must have the state [slices-PT5S]", "has [slices-PT10S]"),
        StreamingQueryHarness::resume);
    pipeline = summed(Window.tumbling(seconds(5)).withOffset(seconds(1)));
    query.expectFailure(
        refused("has [slices-PT5S-PT1S]; set its windows back"), StreamingQueryHarness::resume);
    pipeline = summed(Window.session(seconds(5)));
    query.expectFailure(refused("has [sessions]"), StreamingQueryHarness::resume);
    pipeline = summed(FIVE);
    query.resume().add(at(10)).expectRows("a[0,5)=3");
  }

  @Test
  void windowsOfOtherSlices_underANewName_needTheOldOperatorToo() {
    pipeline = readings -> by(FIVE).apply(readings).named("five");
    StreamingQueryHarness<Reading, String> query = started();
    query.add(at(1, 2)).stop();
    pipeline = readings -> by(TEN).apply(readings).named("ten");

    query.expectFailure(
        refused("the stateful operators must include [five]"), StreamingQueryHarness::resume);
  }

  @Test
  void widerWindowsOfTheSameSlices_containTheOpenSlices() {
    StreamingQueryHarness<Reading, String> query = started();
    query.add(at(1, 2, 6, 6)).expectRows("a[0,5)=2").stop();
    pipeline = by(Window.sliding(seconds(10), seconds(5)));

    query.resume().add(at(11)).expectRows("a[0,10)=2");
    query.add(at(100)).expectRows("a[5,15)=3", "a[10,20)=1").expectGroups(1);
  }

  @Test
  void windowsInsteadOfNone_areRefused() {
    pipeline =
        readings ->
            readings
                .groupByKey(Reading::key)
                .aggregate(Aggregates.count(), (key, count) -> key + count)
                .outputMode(OutputMode.UPDATE);
    StreamingQueryHarness<Reading, String> query = started();
    query.add(at(1)).stop();
    pipeline = by(FIVE);

    query.expectFailure(
        refused("operator [aggregate] must have timeout [NONE]"), StreamingQueryHarness::resume);
  }

  @Test
  void fewerOrMoreAggregates_areRefused() {
    pipeline = two(Aggregates.count());
    StreamingQueryHarness<Reading, String> query = started();
    query.add(at(1, 2)).stop();
    pipeline = summed(FIVE);

    query.expectFailure(
        SerializationException.class,
        "the aggregation has other aggregates than the one that wrote them",
        StreamingQueryHarness::resume);
    pipeline = two(Aggregates.count());
    query.resume().add(at(10)).expectRows("a[0,5)=2,3");
  }

  @Test
  void aggregateOfAnotherType_isRefused() {
    pipeline = two(Aggregates.count());
    StreamingQueryHarness<Reading, String> query = started();
    query.add(at(1, 2)).stop();
    pipeline = two(Numbers.list(Reading::key));

    query.expectFailure(
        SerializationException.class, "can't be read", StreamingQueryHarness::resume);
  }

  @Test
  void updateInsteadOfAppend_andBack_emitsEachOpenWindow() {
    StreamingQueryHarness<Reading, String> query = started();
    query.add(at(1, 2)).stop();
    pipeline = readings -> by(FIVE).apply(readings).outputMode(OutputMode.UPDATE);
    query.resume().add(at(3)).expectRows("a[0,5)=3").stop();
    pipeline = by(FIVE);

    query.resume().add(at(6)).expectRows("a[0,5)=3");
    query.add(Reading.at("b", 20)).expectRows("a[5,10)=1").expectGroups(1);
  }

  @Test
  void slidingWindows_updateInsteadOfAppend_andBack() {
    Windows<Object> sliding = Window.sliding(seconds(10), seconds(5));
    pipeline = readings -> by(sliding).apply(readings).outputMode(OutputMode.UPDATE);
    StreamingQueryHarness<Reading, String> query = started();
    query.add(at(1)).expectRows("a[-5,5)=1", "a[0,10)=1").stop();
    pipeline = by(sliding);

    // The window that has ended was emitted in update mode.
    query.resume().add(Reading.at("b", 6)).expectNoRows();
    query.add(Reading.at("b", 20)).expectRows("a[0,10)=1", "b[0,10)=1", "b[5,15)=1");
  }

  private StreamingQueryHarness<Reading, String> started() {
    return start(readings -> pipeline.apply(readings));
  }

  private static Function<EventStream<Reading>, EventStream<String>> by(
      Windows<? super Reading> windows) {
    return readings ->
        readings
            .withWatermark(Reading::time, seconds(0))
            .groupBy(Reading::key, windows)
            .aggregate(Aggregates.count(), AggregationRun::row);
  }

  /** Returns sums, whose buffers are stored one by one. */
  private static Function<EventStream<Reading>, EventStream<String>> summed(
      Windows<? super Reading> windows) {
    return readings ->
        readings
            .withWatermark(Reading::time, seconds(0))
            .groupBy(Reading::key, windows)
            .aggregate(Numbers.sum(Reading::second), AggregationRun::row);
  }

  private static <R> Function<EventStream<Reading>, EventStream<String>> two(
      Aggregate<Reading, R> first) {
    return readings ->
        readings
            .withWatermark(Reading::time, seconds(0))
            .groupBy(Reading::key, FIVE)
            .aggregate(
                first,
                Numbers.sum(Reading::second),
                (key, window, one, sum) ->
                    key + AggregationRun.text(window) + "=" + one + "," + sum);
  }

  private static Consumer<Throwable> refused(String... parts) {
    return failure -> assertThat(failure).hasMessageContainingAll(parts);
  }
}

package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.at;
import static io.vellamo.connectors.aggregate.AggregationRun.counting;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of aggregations: what they keep, and unusual event times. */
final class AggregationStateTest {
  private static final Windows<Object> TENS = Window.tumbling(seconds(10));

  @Test
  void groups_vanishWithTheirLastSlice() {
    StreamingQueryHarness<Reading, String> query = counting(0, TENS, OutputMode.APPEND);
    query.add(Reading.at("a", 1), Reading.at("b", 5)).expectGroups(2).expectChanges(2, 0);

    query.add(Reading.at("b", 12)).expectRows("a[0,10)=1", "b[0,10)=1");
    // Of b, once with its event and once without: its first slice is removed.
    query.expectGroups(1).expectChanges(2, 1);
  }

  @Test
  void updateMode_removesSlicesSilently() {
    StreamingQueryHarness<Reading, String> query = counting(0, TENS, OutputMode.UPDATE);
    query.add(Reading.at("a", 1), Reading.at("b", 5)).expectRows("a[0,10)=1", "b[0,10)=1");

    query.add(Reading.at("b", 12)).expectRows("b[10,20)=1").expectGroups(1);
    query.add(Reading.at("a", 3)).expectNoRows().expectLate(1).expectGroups(1);
  }

  @Test
  void updateMode_ofSlidingWindows_emitsOpenWindowsOnly() {
    StreamingQueryHarness<Reading, String> query =
        counting(0, Window.sliding(seconds(20), seconds(10)), OutputMode.UPDATE);
    query.add(at(5)).expectRows("a[-10,10)=1", "a[0,20)=1");
    query.add(Reading.at("b", 12)).expectRows("b[0,20)=1", "b[10,30)=1");

    query.add(at(6)).expectRows("a[0,20)=2").expectLate(0);
    query.add(Reading.at("b", 40)).expectRows("b[30,50)=1", "b[40,60)=1").expectGroups(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "UPDATE"})
  void anHour_ofAThousandKeys_keepsConstantState(OutputMode mode) {
    StreamingQueryHarness<Reading, String> query = counting(20, TENS, mode);
    long most = 0;
    long mostBytesOfFirstMinutes = 0;
    long mostBytesLater = 0;
    for (int second = 0; second < 3600; second += 10) {
      int now = second;
      // Every key has its events for a minute; then other keys do.
      Reading[] readings =
          IntStream.range(0, 200)
              .mapToObj(key -> Reading.at("k" + (now / 60 % 5 * 200 + key), now - key % 20))
              .toArray(Reading[]::new);
      query.add(readings);
      most = Math.max(most, last(query).state().groups());
      long bytes = last(query).state().bytes();
      if (second < 300) {
        mostBytesOfFirstMinutes = Math.max(mostBytesOfFirstMinutes, bytes);
      } else {
        mostBytesLater = Math.max(mostBytesLater, bytes);
      }
    }

    assertThat(last(query).total().processed()).isEqualTo(72_000);
    assertThat(most).isBetween(200L, 400L);
    // Numbers of slices and timers take a byte or two more as times grow.
    assertThat(mostBytesLater).isBetween(1_000L, mostBytesOfFirstMinutes * 11 / 10);
    query.add(Reading.at("end", 10_000)).expectGroups(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eventsWithoutEventTime_areInNoWindow_andCountAsProcessed(boolean sessions) {
    Windows<? super Reading> windows = sessions ? Window.session(seconds(10)) : TENS;
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(
                        each -> each.key().equals("none") ? null : each.time(), seconds(0))
                    .groupBy(each -> "all", windows)
                    .aggregate(Aggregates.count(), AggregationRun::row));

    query.add(Reading.at("a", 1), Reading.at("none", 2), Reading.at("none", 3));
    query.add(Reading.at("none", 4)).expectLate(0).expectGroups(1);
    query.add(Reading.at("a", 50), Reading.at("none", 1));

    query.expectRows(sessions ? "all[1,11)=1" : "all[0,10)=1").expectLate(0);
    assertThat(last(query).total().processed()).isEqualTo(6);
  }

  @Test
  void onlyEventsWithoutEventTime_keepNoGroup() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(each -> null, seconds(0))
                    .groupBy(Reading::key, TENS)
                    .aggregate(Aggregates.count(), AggregationRun::row)
                    .outputMode(OutputMode.UPDATE));

    query.add(at(1, 2, 3)).expectNoRows().expectGroups(0);
  }

  @Test
  void eventTimesBefore1970_haveWindows() {
    StreamingQueryHarness<Reading, String> query = counting(0, TENS, OutputMode.APPEND);

    query.add(at(-105, -101, -100)).expectRows("a[-110,-100)=2").expectLate(0);
    query.add(at(-1, 0)).expectRows("a[-100,-90)=1", "a[-10,0)=1");
    query.add(at(-1, -11)).expectNoRows().expectLate(2);
    query.add(at(10)).expectRows("a[0,10)=1");
  }

  @Test
  void extremeEventTimes_areInTheFirstAndLastWindows() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(0))
                    .groupBy(Reading::key, Window.sliding(seconds(20), seconds(10)))
                    .aggregate(Aggregates.count(), (key, window, count) -> key + count));
    query.add(at(Instant.MIN.getEpochSecond())).expectNoRows().expectGroups(1);

    query.add(at(0)).expectRows("a1", "a1");
    query.add(at(Instant.MAX.getEpochSecond()));
    query.restart().add(at(7)).expectLate(1);
  }

  @Test
  void extremeEventTimes_ofOneGroup_areStoredTogether() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(0))
                    .groupBy(Reading::key, TENS)
                    .aggregate(
                        Aggregates.count(),
                        (key, window, count) ->
                            (window.start().isBefore(Instant.EPOCH) ? "first " : "last ")
                                + window.start().toEpochMilli() % 10_000));

    query.add(at(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));

    query.expectRows("first 0", "last 0").expectGroups(0);
  }

  @Test
  void extremeEventTimes_areInSessions() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(0))
                    .groupBy(Reading::key, Window.session(seconds(20)))
                    .aggregate(Aggregates.count(), (key, window, count) -> key + count));
    query.add(at(Instant.MIN.getEpochSecond())).expectNoRows().expectGroups(1);

    query.add(at(0)).expectRows("a1");
    query.add(at(Instant.MAX.getEpochSecond()));
    query.expectRows("a1", "a1").expectGroups(0);
  }

  private static StreamingQueryProgress last(StreamingQueryHarness<Reading, String> query) {
    return query.query().lastProgress().orElseThrow();
  }
}

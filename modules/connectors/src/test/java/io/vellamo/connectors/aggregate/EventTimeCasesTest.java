package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.at;
import static io.vellamo.connectors.aggregate.AggregationRun.counted;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.window.Window;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Spark's cases of windows and watermarks. Events are counted by windows of 5 seconds, with a delay
 * of 10 seconds.
 */
final class EventTimeCasesTest {
  @Test
  void e01_progress_hasEventTimesAndWatermark() {
    StreamingQueryHarness<Reading, String> query = inMode(OutputMode.APPEND);

    query.add(at(15)).expectNoRows();
    assertThat(withData(query)).isEqualTo(List.of("15 15 15 none"));

    query.add(at(10, 12, 14)).expectNoRows();
    assertThat(withData(query)).endsWith("10 14 12 5");

    query.add(at(25)).expectRows("[10,15)=3");
    assertThat(withData(query)).endsWith("25 25 25 5");
    assertThat(last(query).watermark()).contains(Instant.ofEpochSecond(15));
  }

  @Test
  void e02_triggerOnce_emitsInTheNextRun() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                counted(readings, 10, Window.tumbling(seconds(5))).outputMode(OutputMode.APPEND),
            builder -> builder.trigger(Trigger.once()));

    query.add().expectNoRows().expectEnded();
    query.stop().add(at(15)).resume().expectNoRows();
    query.stop().add(at(10, 12, 14)).resume().expectNoRows();
    assertThat(last(query).watermark()).contains(Instant.ofEpochSecond(5));
    query.stop().add(at(25)).resume().expectNoRows();
    query.stop().add(at(50)).resume().expectRows("[10,15)=3");
    query.stop().add(at(50)).resume().expectRows("[15,20)=1", "[25,30)=1");
    assertThat(last(query).watermark()).contains(Instant.ofEpochSecond(40));
  }

  @Test
  void e03_append_emitsOnce_andThenTheWindowIsClosed() {
    StreamingQueryHarness<Reading, String> query = inMode(OutputMode.APPEND);

    query.add(at(10, 11, 12, 13, 14, 15)).expectNoRows();
    query.add(at(25)).expectRows("[10,15)=5").expectLate(0);
    query.add(at(10)).expectNoRows().expectLate(1);
  }

  @Test
  void e04_update_emitsWhatChanged_andLateEventsChangeNothing() {
    StreamingQueryHarness<Reading, String> query = inMode(OutputMode.UPDATE);

    query.add(at(10, 11, 12, 13, 14, 15)).expectRows("[10,15)=5", "[15,20)=1");
    query.add(at(25)).expectRows("[25,30)=1").expectLate(0);
    query.add(at(10, 25)).expectRows("[25,30)=2").expectLate(1);
    query.add(at(10)).expectNoRows().expectLate(1);
  }

  @Test
  void e06_recovery_continuesWithItsWatermark() {
    StreamingQueryHarness<Reading, String> query = inMode(OutputMode.APPEND);
    query.add(at(10, 11, 12, 13, 14, 15)).expectNoRows();
    query.add(at(25)).expectRows("[10,15)=5").restart();

    query.add(at(10, 27, 30)).expectRows("[15,20)=1").expectLate(1);
    query.restart().add(at(17)).expectNoRows().expectLate(1);
    query.add(at(40)).expectRows("[25,30)=2");
  }

  @Test
  void e09_rawEventTime_isAWindowOfItsOwn() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                counted(readings, 10, Window.tumbling(Duration.ofMillis(1)))
                    .map(
                        row ->
                            row.substring(0, row.indexOf(',')) + row.substring(row.indexOf('='))));

    query.add(at(10)).expectNoRows();
    query.add(at(25)).expectRows("[10=1");
  }

  @Test
  void e15_windowOfARow_canBeReadDownstream() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(10))
                    .groupBy(Window.tumbling(seconds(5)))
                    .aggregate(Aggregates.count(), (none, window, count) -> window)
                    .map(AggregationRun::text));

    query.add(at(10, 11, 12, 13, 14, 15)).expectNoRows();
    query.add(at(25)).expectRows("[10,15)");
    query.add(at(10)).expectNoRows();
  }

  @Test
  void e16_epochWithoutData_emits() {
    StreamingQueryHarness<Reading, String> query = inMode(OutputMode.APPEND);
    query.add(at(10, 11, 12, 13, 14, 15)).expectNoRows();

    query.add(at(25)).expectRows("[10,15)=5");

    assertThat(last(query).events().input()).isZero();
  }

  @Test
  void e23_eventsWhileStopped_emitWhatIsDueBefore() {
    StreamingQueryHarness<Reading, String> query = inMode(OutputMode.APPEND);
    query.add(at(10, 11, 12, 13, 14, 15));
    query.add(at(25)).expectRows("[10,15)=5");

    query.stop().add(at(30)).resume().expectRows("[15,20)=1");
    query.stop().add(at(50)).resume().expectRows("[25,30)=1", "[30,35)=1");
  }

  @Test
  void e24_epochs_areFourOfWhichTheLastHasARow() {
    StreamingQueryHarness<Reading, String> query = inMode(OutputMode.APPEND);

    query.add(at(10, 11, 12));
    query.add(at(25)).expectRows("[10,15)=3");

    assertThat(query.query().recentProgress())
        .extracting(report -> report.epoch() + ":" + rows(report))
        .containsExactly("1:0", "2:0", "3:0", "4:1");
  }

  @Test
  void a06_metrics_ofAppend() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings -> counted(readings, 10, Window.tumbling(seconds(5))),
            builder -> builder.trigger(Trigger.processingTime(seconds(1))));
    query.add(at(15)).advance(seconds(1)).expectNoRows();
    query.expectChanges(1, 0).advance(seconds(1)).expectNoRows();
    query.expectChanges(0, 0).add(at(10, 12, 14)).advance(seconds(1)).expectNoRows();
    query.expectChanges(1, 0).add(at(25)).advance(seconds(1)).expectNoRows();
    query.expectChanges(1, 0).advance(seconds(1)).expectRows("[10,15)=3");
    query.expectChanges(1, 0).expectGroups(1);
  }

  @Test
  void lateWatermark_lagsByAnEpoch_soAClosedWindowTakesOneMoreEpoch() {
    // Section 3.2 of the semantics: the window ends at the watermark, but not at the late one.
    StreamingQueryHarness<Reading, String> query =
        start(
            readings -> counted(readings, 10, Window.tumbling(seconds(5))),
            builder -> builder.trigger(Trigger.processingTime(seconds(1))));
    query.add(at(25)).advance(seconds(1)).expectNoRows();

    query.add(at(10)).advance(seconds(1)).expectRows("[10,15)=1").expectLate(0);

    query.add(at(10)).advance(seconds(1)).expectNoRows().expectLate(1);
  }

  static StreamingQueryHarness<Reading, String> inMode(OutputMode mode) {
    return start(readings -> counted(readings, 10, Window.tumbling(seconds(5))).outputMode(mode));
  }

  private static StreamingQueryProgress last(StreamingQueryHarness<Reading, String> query) {
    return query.query().lastProgress().orElseThrow();
  }

  private static long rows(StreamingQueryProgress report) {
    return report.operators().get(0).rows();
  }

  /** Returns minimum, maximum, average and watermark of each epoch with data, in seconds. */
  private static List<String> withData(StreamingQueryHarness<Reading, String> query) {
    return query.query().recentProgress().stream()
        .filter(report -> report.events().input() > 0)
        .map(
            report ->
                "%s %s %s %s"
                    .formatted(
                        second(report.eventTime().min()),
                        second(report.eventTime().max()),
                        second(report.eventTime().average()),
                        second(report.watermark())))
        .toList();
  }

  private static String second(Optional<Instant> time) {
    return time.map(Instant::getEpochSecond).map(Object::toString).orElse("none");
  }
}

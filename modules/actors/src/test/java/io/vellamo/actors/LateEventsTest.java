package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that are too late or too early, as a query shows them. */
final class LateEventsTest {
  record Reading(String key, int second) {
    Instant time() {
      return Instant.ofEpochSecond(second);
    }
  }

  private final TestSystem system = TestSystem.start();
  private final ManualClock clock = ManualClock.at(Instant.ofEpochSecond(100));
  private final MemorySource<Reading> readings = MemorySource.create();
  private final MemorySink<String> keys = MemorySink.create();
  private final MemorySink<LateEvent> late = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void lateEvent_goesToTheLateOutput() throws Exception {
    StreamingQuery query = start();
    readings.add(new Reading("a", 100));
    query.processAllAvailable();
    readings.add(new Reading("b", 89), new Reading("c", 90));
    query.processAllAvailable();

    assertThat(keys.rows()).containsExactlyInAnyOrder("a", "c");
    assertThat(late.rows())
        .containsExactly(
            new LateEvent(
                new Reading("b", 89), Instant.ofEpochSecond(89), Instant.ofEpochSecond(90)));
    query.stop();
  }

  /** Spark runs no epoch without data before a run has had data. */
  @Test
  void restart_withoutData_makesNoEventLate() throws Exception {
    readings.add(new Reading("a", 100));
    start(Trigger.once()).awaitTermination();

    StreamingQuery query = start();
    query.processAllAvailable();
    clock.advance(Duration.ofHours(1));
    query.processAllAvailable();
    assertThat(query.recentProgress()).isEmpty();
    readings.add(new Reading("b", 20));
    query.processAllAvailable();
    readings.add(new Reading("c", 20));
    query.processAllAvailable();

    assertThat(keys.rows()).containsExactlyInAnyOrder("a", "b");
    assertThat(late.rows()).hasSize(1);
    query.stop();
  }

  @Test
  void futureEvent_makesNobodyLate_andIsCounted() throws Exception {
    StreamingQuery query = start();
    readings.add(new Reading("a", 1_000_000), new Reading("b", 100));
    query.processAllAvailable();
    StreamingQueryProgress first = query.recentProgress().get(0);
    readings.add(new Reading("c", 95));
    query.processAllAvailable();

    assertThat(keys.rows()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(late.rows()).isEmpty();
    assertThat(first.eventTime().future()).isOne();
    assertThat(first.eventTime().max()).contains(Instant.ofEpochSecond(1_000_000));
    assertThat(query.lastProgress().orElseThrow().watermark()).contains(Instant.ofEpochSecond(90));
    query.stop();
  }

  @Test
  void watermark_saysWhatHoldsIt() throws Exception {
    StreamingQuery query = start();
    query.processAllAvailable();
    assertThat(query.watermark().orElseThrow().explanation())
        .isEqualTo("There is no watermark yet: no event had an event time");
    readings.add(new Reading("a", 100), new Reading("b", 120), new Reading("c", 1000));
    query.processAllAvailable();
    clock.advance(Duration.ofSeconds(30));
    readings.add(new Reading("a", 119), new Reading("a", 120));
    query.processAllAvailable();

    WatermarkReport report = query.watermark().orElseThrow();

    assertThat(report.watermark()).contains(Instant.ofEpochSecond(110));
    assertThat(report.inputs().get(0).eventsSince()).isEqualTo(2);
    assertThat(report.inputs().get(0).futureEvents()).isOne();
    assertThat(report.explanation())
        .isEqualTo(
            "The watermark is [1970-01-01T00:01:50Z]: it stands at [1970-01-01T00:01:50Z], the delay"
                + " [PT10S] behind: the newest event time is [1970-01-01T00:02:00Z], of [memory-0@1] in epoch [1] at"
                + " [1970-01-01T00:01:40Z]; [2] events since were not newer; [1] future events did"
                + " not move it");
    query.stop();
  }

  private StreamingQuery start() {
    return start(Trigger.asap());
  }

  private StreamingQuery start(Trigger trigger) {
    return system
        .vellamo()
        .query("late")
        .from(readings)
        .withWatermark(
            Reading::time,
            WatermarkStrategy.delay(Duration.ofSeconds(10)).maxFutureSkew(Duration.ofMinutes(1)))
        .groupByKey(Reading::key)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            Integer.class,
            (key, events, state) ->
                state.hasTimedOut() ? List.<String>of().iterator() : List.of(key).iterator())
        .to(keys)
        .lateEventsTo(late)
        .clock(clock)
        .trigger(trigger)
        .start();
  }
}

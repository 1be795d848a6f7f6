package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When epochs start, and when queries end by themselves. */
final class TriggerTest {
  private final TestSystem system = TestSystem.start();
  private final ManualClock clock = ManualClock.at(Instant.ofEpochSecond(1_000));
  private final MemorySource<Long> seconds = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void once_runsOneEpochWithEverything() throws Exception {
    seconds.add(1L, 2L, 3L);

    StreamingQuery query = start(Trigger.once(), 2);
    query.awaitTermination();

    assertThat(query.recentProgress()).hasSize(1);
    assertThat(total(query)).isEqualTo(3);
  }

  @Test
  void q02_availableNow_readsInEpochsThenCloses_thenEnds() throws Exception {
    seconds.add(1L, 2L, 100L);

    StreamingQuery query = start(Trigger.availableNow(), 2);
    query.awaitTermination();

    assertThat(rows.rows()).containsExactlyInAnyOrder("closed 1", "closed 2");
    assertThat(total(query)).isEqualTo(3);
    assertThat(query.lastProgress().orElseThrow().watermark()).contains(Instant.ofEpochSecond(90));
  }

  @Test
  void drain_closesEverything_andASecondRunHasNothingToDo() throws Exception {
    seconds.add(1L, 2L, 100L);

    StreamingQuery query = start(Trigger.drain(), 2);
    query.awaitTermination();

    assertThat(rows.rows()).containsExactlyInAnyOrder("closed 1", "closed 2", "closed 100");
    StreamingQuery again = start(Trigger.drain(), 2);
    again.awaitTermination();
    assertThat(again.recentProgress()).isEmpty();
    assertThat(rows.rows()).hasSize(3);
  }

  @Test
  void processingTime_waitsForTheNextMultiple() throws Exception {
    StreamingQuery query = start(Trigger.processingTime(Duration.ofSeconds(10)), 100);
    rest(query);
    clock.advance(Duration.ofSeconds(9));
    seconds.add(1L);
    rest(query);
    assertThat(query.status().message()).isEqualTo("Waiting for next trigger");
    assertThat(query.lastProgress()).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    rest(query);

    assertThat(query.recentProgress())
        .extracting(StreamingQueryProgress::epoch, StreamingQueryProgress::timestamp)
        .containsExactly(tuple(1L, Instant.ofEpochSecond(1_010)));
    query.stop();
  }

  @Test
  void q03_idleTriggers_useNoEpochNumbers() throws Exception {
    StreamingQuery query = start(Trigger.processingTime(Duration.ofSeconds(10)), 100);
    rest(query);
    seconds.add(1L);
    nextTrigger(query);
    nextTrigger(query);
    assertThat(query.lastProgress().orElseThrow().epoch()).isEqualTo(2);
    nextTrigger(query);
    nextTrigger(query);
    query.stop();
    StreamingQuery again = start(Trigger.processingTime(Duration.ofSeconds(10)), 100);
    nextTrigger(again);
    assertThat(again.lastProgress()).isEmpty();
    seconds.add(1L);

    nextTrigger(again);

    assertThat(again.lastProgress().orElseThrow().epoch()).isEqualTo(3);
    again.stop();
  }

  /** Lets the trigger fire once. */
  private void nextTrigger(StreamingQuery query) {
    clock.advance(Duration.ofSeconds(10));
    rest(query);
  }

  private static void rest(StreamingQuery query) {
    query.whenIdle().toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
  }

  private StreamingQuery start(Trigger trigger, long maxEvents) {
    return system
        .vellamo()
        .query("triggered")
        .from(seconds)
        .withWatermark(Instant::ofEpochSecond, Duration.ofSeconds(10))
        .groupByKey(second -> second)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            Long.class,
            (second, events, state) -> {
              if (state.hasTimedOut()) {
                state.remove();
                return List.of("closed " + second).iterator();
              }
              state.update(second);
              state.setTimeoutTimestamp(Instant.ofEpochSecond(second));
              return List.<String>of().iterator();
            })
        .to(rows)
        .trigger(trigger)
        .maxEventsPerEpoch(maxEvents)
        .clock(clock)
        .start();
  }

  private static long total(StreamingQuery query) {
    return query.lastProgress().orElseThrow().total().input();
  }
}

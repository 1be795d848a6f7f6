package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clocks that are set, and moments that are far away. */
final class ClockTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestSystem system = TestSystem.start();
  private final ManualClock clock = ManualClock.at(START);
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void timeout_farBeyondWhatASchedulerTakes_isWaitedFor() throws Exception {
    StreamingQuery query = startOnMachineClock(Duration.ofDays(400_000));
    words.add("x");
    query.processAllAvailable();
    words.add("y");
    query.processAllAvailable();

    assertThat(query.isActive()).isTrue();
    query.stop();
    assertThat(query.exception()).isEmpty();
  }

  @Test
  void timeout_atTheLastMomentThereIs_isWaitedFor() throws Exception {
    StreamingQuery query =
        startOnMachineClock(Duration.ofMillis(Long.MAX_VALUE).minus(Duration.ofDays(40_000)));
    words.add("x");
    query.processAllAvailable();
    query.processAllAvailable();

    assertThat(query.recentProgress()).hasSize(1);
    query.stop();
    assertThat(query.exception()).isEmpty();
  }

  @Test
  void trigger_goesOnAfterTheClockIsSetBack() throws Exception {
    StreamingQuery query = start(Trigger.processingTime(Duration.ofSeconds(1)));
    words.add("x");
    awaitEpoch(query, 1, Duration.ofMillis(500));

    clock.set(clock.instant().minus(HOUR));
    words.add("y");

    awaitEpoch(query, 2, Duration.ofMillis(500));
    assertThat(clock.instant()).isBefore(START.minus(HOUR).plusSeconds(60));
    query.stop();
  }

  @Test
  void timeout_isNeitherEarlyNorLate_afterTheClockIsSetBack() throws Exception {
    StreamingQuery query = start(Trigger.asap());
    words.add("x");
    query.processAllAvailable();
    clock.advance(Duration.ofSeconds(4));

    clock.set(clock.instant().minus(HOUR));
    clock.advance(Duration.ofSeconds(5));
    query.processAllAvailable();
    assertThat(rows.rows()).isEmpty();

    clock.advance(Duration.ofSeconds(2));
    await().until(() -> rows.rows().equals(List.of("x timed out")));
    assertThat(query.status().message()).contains("processing time is [PT1H] ahead of the clock");
    query.stop();
  }

  @Test
  void clockThatWasAheadBeforeARestart_holdsUpNoTimeout_andIsTold() throws Exception {
    clock.advance(Duration.ofDays(365));
    StreamingQuery first = start(Trigger.asap());
    words.add("x");
    first.processAllAvailable();
    first.stop();

    clock.set(START);
    StreamingQuery query = start(Trigger.asap());
    query.processAllAvailable();
    assertThat(query.status().message())
        .contains("processing time is [PT8760H] ahead of the clock");
    clock.advance(Duration.ofSeconds(11));

    await().until(() -> rows.rows().equals(List.of("x timed out")));
    query.stop();
  }

  @Test
  void idleReports_goOnAfterTheClockIsSetBack() throws Exception {
    AtomicInteger idle = new AtomicInteger();
    system
        .vellamo()
        .queries()
        .addListener(
            new StreamingQueryListener() {
              @Override
              public void onQueryIdle(QueryIdle event) {
                idle.incrementAndGet();
              }
            });
    StreamingQuery query = start(Trigger.asap());
    query.processAllAvailable();
    clock.set(START.minus(HOUR));
    clock.advance(Duration.ofSeconds(10));
    query.processAllAvailable();

    await().until(() -> idle.get() == 2);
    query.stop();
  }

  @Test
  void epochDuring_whichTheClockIsSetBack_hasAPositiveDuration() throws Exception {
    StreamingQuery query =
        system
            .vellamo()
            .query("clocked")
            .from(words)
            .map(
                word -> {
                  clock.set(START.minus(HOUR));
                  return word;
                })
            .to(rows)
            .clock(clock)
            .start();
    words.add("x");
    query.processAllAvailable();

    assertThat(query.lastProgress().orElseThrow().duration()).isGreaterThanOrEqualTo(Duration.ZERO);
    query.stop();
  }

  /** Lets time pass until an epoch has run, at most ten seconds. */
  private void awaitEpoch(StreamingQuery query, int epoch, Duration step) {
    Instant latest = clock.instant().plusSeconds(10);
    await()
        .until(
            () -> {
              if (clock.instant().isBefore(latest)) {
                clock.advance(step);
              }
              return query.recentProgress().size() == epoch;
            });
  }

  private StreamingQuery start(Trigger trigger) {
    return system
        .vellamo()
        .query("clocked")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.PROCESSING_TIME,
            Integer.class,
            (word, events, state) -> {
              if (state.hasTimedOut()) {
                state.remove();
                return List.of(word + " timed out").iterator();
              }
              state.update(1);
              state.setTimeoutDuration(Duration.ofSeconds(10));
              return List.<String>of().iterator();
            })
        .to(rows)
        .trigger(trigger)
        .clock(clock)
        .start();
  }

  private StreamingQuery startOnMachineClock(Duration timeout) {
    return system
        .vellamo()
        .query("far")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.PROCESSING_TIME,
            Integer.class,
            (word, events, state) -> {
              state.update(1);
              state.setTimeoutDuration(timeout);
              return List.<String>of().iterator();
            })
        .to(rows)
        .start();
  }
}

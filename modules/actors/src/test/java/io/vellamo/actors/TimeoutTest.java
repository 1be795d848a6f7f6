package io.vellamo.actors;

import static io.vellamo.actors.RunningCount.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Acceptance cases F05 and F06: timeouts in both time domains. With one actor kept a shard, most
 * groups that time out are not in memory.
 */
final class TimeoutTest {
  /** A key and a second of event time. */
  record Reading(String key, long second) {}

  private final TestSystem system = TestSystem.start("vellamo.passivation.max-active-groups = 1");
  private final MemorySink<Count> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void f05_processingTimeTimeout_firesOverRestartAndWithoutData() throws Exception {
    ManualClock clock = ManualClock.at(Instant.EPOCH);
    MemorySource<String> words = MemorySource.create();
    StreamingQuery query = startProcessingTime(words, clock);

    assertAfter(query, clock, 1_000, words, List.of("a"), count("a", 1));
    assertAfter(query, clock, 1_000, words, List.of("b"), count("b", 1));
    assertAfter(query, clock, 10_000, words, List.of("b"), count("a", -1), count("b", 2));
    query.stop();
    query = startProcessingTime(words, clock);
    assertAfter(query, clock, 11_000, words, List.of("c"), count("b", -1), count("c", 1));
    assertAfter(query, clock, 12_000, words, List.of(), count("c", -1));

    assertThat(query.lastProgress().orElseThrow().state().groups()).isZero();
    query.stop();
  }

  @Test
  void f06_eventTimeTimeout_firesWhenWatermarkHasPassed() throws Exception {
    MemorySource<Reading> readings = MemorySource.create();
    StreamingQuery query =
        system
            .vellamo()
            .query("event-time")
            .from(readings)
            .withWatermark(reading -> Instant.ofEpochSecond(reading.second), Duration.ofSeconds(10))
            .groupByKey(Reading::key)
            .flatMapGroupsWithState(
                OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Long.class, TimeoutTest::latest)
            .to(rows)
            .start();

    assertRows(
        query,
        readings,
        List.of(new Reading("a", 11), new Reading("a", 13), new Reading("a", 15)),
        count("a", 15));
    assertRows(query, readings, List.of(new Reading("a", 4)));
    assertThat(query.lastProgress().orElseThrow().total().late()).isEqualTo(1);
    assertRows(query, readings, List.of(new Reading("a", 10)), count("a", 15));
    assertRows(query, readings, List.of(new Reading("b", 31)), count("a", -1), count("b", 31));
    query.stop();
  }

  private StreamingQuery startProcessingTime(MemorySource<String> words, ManualClock clock) {
    return system
        .vellamo()
        .query("processing-time")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.PROCESSING_TIME,
            Integer.class,
            TimeoutTest::countUntilSilent)
        .to(rows)
        .trigger(Trigger.asap())
        .clock(clock)
        .start();
  }

  /** Counts; forgets the word ten seconds after its last event, and says so with −1. */
  private static Iterator<Count> countUntilSilent(
      String word, Iterator<String> events, GroupState<Integer> state) {
    if (state.hasTimedOut()) {
      state.remove();
      return List.of(count(word, -1)).iterator();
    }
    int count = state.optional().orElse(0);
    while (events.hasNext()) {
      events.next();
      count++;
    }
    state.update(count);
    state.setTimeoutDuration(Duration.ofSeconds(10));
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

  private void assertAfter(
      StreamingQuery query,
      ManualClock clock,
      long millis,
      MemorySource<String> words,
      List<String> added,
      Count... expected)
      throws InterruptedException {
    query.processAllAvailable();
    rows.clear();
    clock.advance(Duration.ofMillis(millis));
    words.addTo(0, added);
    query.processAllAvailable();
    assertThat(rows.rows()).containsExactlyInAnyOrder(expected);
  }

  private void assertRows(
      StreamingQuery query, MemorySource<Reading> readings, List<Reading> added, Count... expected)
      throws InterruptedException {
    rows.clear();
    readings.addTo(0, added);
    query.processAllAvailable();
    assertThat(rows.rows()).containsExactlyInAnyOrder(expected);
  }
}

package io.vellamo.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** No mode finds fault with a function that has none, whatever the script. */
final class HarnessSoundnessTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration GAP = Duration.ofSeconds(10);
  private static final int SCRIPTS = 300;

  /** The times of events that a group has not emitted yet, in order. */
  record Times(List<Instant> sorted) {}

  @Test
  void eventTimeSessions_inRandomScripts_areTheSameInAllModes() {
    assertAllModes(
        () ->
            GroupStateHarness.flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.EVENT_TIME,
                Times.class,
                HarnessSoundnessTest::sessions));
  }

  @Test
  void processingTimeCounts_inRandomScripts_areTheSameInAllModes() {
    assertAllModes(
        () ->
            GroupStateHarness.mapGroupsWithState(
                GroupStateTimeout.PROCESSING_TIME,
                Integer.class,
                HarnessSoundnessTest::countUntilSilent));
  }

  private static <S> void assertAllModes(
      Supplier<GroupStateHarness<Integer, Instant, S, String>> script) {
    for (int seed = 0; seed < SCRIPTS; seed++) {
      GroupStateHarness<Integer, Instant, S, String> random = fill(script.get(), seed);
      assertThatCode(random::verify).as("seed %d", seed).doesNotThrowAnyException();
    }
  }

  private static <S> GroupStateHarness<Integer, Instant, S, String> fill(
      GroupStateHarness<Integer, Instant, S, String> script, int seed) {
    Random random = new Random(seed);
    Instant newest = START;
    if (random.nextBoolean()) {
      script.withWatermark(Duration.ofSeconds(random.nextInt(20)));
    }
    for (int i = 0; i < 40; i++) {
      newest = newest.plusSeconds(random.nextInt(8));
      switch (random.nextInt(10)) {
        case 0 -> script.endEpoch();
        case 1 -> script.advanceProcessingTime(Duration.ofSeconds(random.nextInt(15)));
        case 2 -> script.advanceWatermark(newest);
        default -> {
          Instant time = newest.minusSeconds(random.nextInt(20));
          script.event(random.nextInt(4), time, time);
        }
      }
    }
    return script;
  }

  private static Iterator<String> sessions(
      Integer key, Iterator<Instant> events, GroupState<Times> state) {
    List<Instant> times = new ArrayList<>(state.optional().map(Times::sorted).orElse(List.of()));
    events.forEachRemaining(times::add);
    times.sort(null);
    List<String> closed = new ArrayList<>();
    while (!times.isEmpty()) {
      int end = 1;
      while (end < times.size() && !times.get(end).isAfter(times.get(end - 1).plus(GAP))) {
        end++;
      }
      Instant close = times.get(end - 1).plus(GAP);
      if (!state.currentWatermark().isAfter(close)) {
        state.update(new Times(times));
        state.setTimeoutTimestamp(close);
        return closed.iterator();
      }
      closed.add(key + " " + times.get(0) + " " + end);
      times = new ArrayList<>(times.subList(end, times.size()));
    }
    state.remove();
    return closed.iterator();
  }

  private static String countUntilSilent(
      Integer key, Iterator<Instant> events, GroupState<Integer> state) {
    if (state.hasTimedOut()) {
      state.remove();
      return key + " silent";
    }
    int count = state.optional().orElse(0);
    for (; events.hasNext(); events.next()) {
      count++;
    }
    state.update(count);
    state.setTimeoutDuration(Duration.ofSeconds(10));
    return key + " " + count;
  }
}

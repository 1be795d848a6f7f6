package io.vellamo.benchmarks;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.testkit.GroupStateHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * A benchmark of a script of 1,000 events in all modes of {@link GroupStateHarness}: 100 keys, an
 * epoch every ten events, a timeout for each key.
 */
public final class HarnessSpeed {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int ROUNDS = 200;

  private HarnessSpeed() {}

  /** Prints the duration of the first run, and of runs once the JVM is warm. */
  public static void main(String[] args) {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      GroupStateHarness<Long, Click, KeyTotal, KeyTotal> script = script();
      long begin = System.nanoTime();
      script.verify();
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    List<Double> warm = new ArrayList<>(millis.subList(ROUNDS / 2, ROUNDS));
    warm.sort(null);
    System.out.printf(
        Locale.ROOT,
        "1,000 events in all modes: first %.1f ms, warm median %.1f ms, warm 95 %% %.1f ms%n",
        millis.get(0),
        warm.get(warm.size() / 2),
        warm.get(warm.size() * 95 / 100));
  }

  private static GroupStateHarness<Long, Click, KeyTotal, KeyTotal> script() {
    GroupStateHarness<Long, Click, KeyTotal, KeyTotal> script =
        GroupStateHarness.flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            KeyTotal.class,
            HarnessSpeed::totalUntilSilent);
    for (int i = 0; i < 1_000; i++) {
      Instant time = START.plusSeconds(i);
      script.event(i % 100L, new Click(i % 100, time, i), time);
      if (i % 10 == 9) {
        script.endEpoch();
      }
    }
    return script.advanceWatermark(START.plus(Duration.ofHours(2))).expectNothingKept();
  }

  private static Iterator<KeyTotal> totalUntilSilent(
      Long key, Iterator<Click> clicks, GroupState<KeyTotal> state) {
    KeyTotal total = state.optional().orElse(new KeyTotal(key, 0, 0));
    if (state.hasTimedOut()) {
      state.remove();
      return List.of(total).iterator();
    }
    while (clicks.hasNext()) {
      total = total.plus(clicks.next().value());
    }
    state.update(total);
    state.setTimeoutTimestamp(START.plus(Duration.ofHours(1)));
    return Collections.emptyIterator();
  }
}

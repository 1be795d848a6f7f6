package io.vellamo.checks.journals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The input of the test's query: readings in disorder, some that are late in whatever epochs they
 * come, and lines that are no readings.
 *
 * @param lines all of it, in order
 * @param onTime the readings that count
 * @param late how many readings are late
 * @param broken how many lines are no readings
 */
record Readings(List<String> lines, List<Reading> onTime, int late, int broken) {
  /** What the query must wait for: more than the disorder. */
  static final Duration WATERMARK_DELAY = Duration.ofSeconds(60);

  private static final int DISORDER_MILLIS = 50_000;
  private static final int KEYS = 100;
  private static final int LATE_EVERY = 40;
  private static final int BROKEN_EVERY = 90;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Returns a number of lines; late ones are in the second half. */
  static Readings of(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>();
    List<Reading> onTime = new ArrayList<>();
    int late = 0;
    int broken = 0;
    long now = START.toEpochMilli();
    for (int i = 0; i < count; i++) {
      now += random.nextInt(200);
      long time = now - random.nextInt(DISORDER_MILLIS);
      Reading reading = new Reading("k" + random.nextInt(KEYS), time, random.nextInt(100));
      if (i % BROKEN_EVERY == 0) {
        lines.add("broken line " + i);
        broken++;
      } else if (i > count / 2 && i % LATE_EVERY == 0) {
        long hourAgo = START.minus(Duration.ofHours(1)).toEpochMilli();
        lines.add(new Reading(reading.key(), hourAgo, reading.value()).toJson());
        late++;
      } else {
        lines.add(reading.toJson());
        onTime.add(reading);
      }
    }
    return new Readings(lines, onTime, late, broken);
  }
}

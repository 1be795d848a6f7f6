package io.vellamo.samples.pager;

import io.vellamo.connectors.rate.RateEvent;
import java.time.Instant;
import java.util.Locale;

/**
 * Machines whose temperatures follow from a seed: in one of four periods of 20 s, a machine
 * overheats for 8 s; in one of sixteen, it sends nothing for 9 s.
 *
 * @param count the number of machines, which report in turn
 * @param seed chooses the periods
 */
record Machines(int count, long seed) {
  private static final long PERIOD_MILLIS = 20_000;
  private static final long FIRST_MILLIS = 4_000;
  private static final long HOT_MILLIS = 8_000;
  private static final long SILENT_MILLIS = 9_000;
  private static final int HOT_ONE_IN = 4;
  private static final int SILENT_ONE_IN = 16;
  private static final double NORMAL = 70;
  private static final double HOT = 95;

  /** Returns the reading of an event of the source. */
  MachineReading reading(RateEvent event) {
    int machine = (int) (event.value() % count);
    double noise = (hash(machine, event.value()) % 1000) / 250.0 - 2;
    double celsius =
        (isIn(machine, event.timestamp(), HOT_MILLIS, HOT_ONE_IN, 0) ? HOT : NORMAL) + noise;
    return new MachineReading(
        String.format(Locale.ROOT, "machine-%02d", machine),
        Math.round(celsius * 10) / 10.0,
        event.timestamp());
  }

  /** Returns whether the machine sends the reading of an event. */
  boolean isSent(RateEvent event) {
    int machine = (int) (event.value() % count);
    return !isIn(machine, event.timestamp(), SILENT_MILLIS, SILENT_ONE_IN, 1);
  }

  /** Returns whether a time is in a disturbance of a length that one in some periods has. */
  private boolean isIn(int machine, Instant time, long length, int oneIn, int kind) {
    // Periods of different machines begin at different times.
    long millis = time.toEpochMilli() + hash(machine, -1) % PERIOD_MILLIS;
    long inPeriod = millis % PERIOD_MILLIS;
    return inPeriod >= FIRST_MILLIS
        && inPeriod < FIRST_MILLIS + length
        && hash(machine, millis / PERIOD_MILLIS * 2 + kind) % oneIn == 0;
  }

  /** Returns a positive number that looks random, by the finalizer of SplitMix64. */
  private long hash(long machine, long number) {
    long z = seed * 0x9E3779B97F4A7C15L + machine * 0xD1B54A32D192ED03L + number;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 1;
  }
}

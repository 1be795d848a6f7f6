package io.vellamo.benchmarks.workload;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The latencies of a run's rows, in the order of arrival. */
final class Latencies {
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[1024];
  private int size;

  void add(long latencyNanos) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = latencyNanos;
  }

  void addAll(Latencies other) {
    for (int i = 0; i < other.size; i++) {
      add(other.nanos[i]);
    }
  }

  /** Returns the latencies without the first fifth, the warm-up of engine and compiler. */
  Latencies warm() {
    Latencies warm = new Latencies();
    warm.nanos = Arrays.copyOfRange(nanos, size / 5, Math.max(1, size));
    warm.size = size - size / 5;
    return warm;
  }

  /**
   * Returns the latency that a share of the rows doesn't exceed, in ms; null if there are no rows.
   */
  @Nullable Double quantileMillis(double share) {
    if (size == 0) {
      return null;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * size) - 1;
    return sorted[Math.max(0, index)] / NANOS_PER_MILLI;
  }
}

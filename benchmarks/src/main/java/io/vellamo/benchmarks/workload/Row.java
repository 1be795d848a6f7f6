package io.vellamo.benchmarks.workload;

/**
 * A row of any workload: its key and four figures, whose meaning depends on the workload.
 *
 * @param a the key
 * @param b W1: start of the session; W2: {@code seq} of the event; W3: start of the window
 * @param c W1: end of the session; W2: number of the key's events so far; W3: number of the
 *     window's events
 * @param d W1: number of the session's events; W2: value of the event; W3: 0
 * @param e W1: sum of their values; W2: time of the event; W3: 0
 */
public record Row(long a, long b, long c, long d, long e) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  long hash() {
    return mix(mix(mix(mix(mix(0, a), b), c), d), e);
  }

  private static long mix(long hash, long field) {
    return Mix64.of((hash + GOLDEN_GAMMA) ^ field);
  }
}

package io.vellamo.benchmarks.workload;

/**
 * A row of any workload: its key and four figures, whose meaning depends on the workload. The row
 * of a workload without a figure has 0.
 *
 * @param a the key; Q5, Q7: auction; Q8: person; Q11, Q12: bidder; YSB: campaign
 * @param b W1, Q11: start of the session; W2: {@code seq} of the event; W3, Q5, Q8, Q12, YSB: start
 *     of the window; Q7: bidder
 * @param c W1, Q11: end of the session, for Q11 with the gap; W2: number of the key's events so
 *     far; W3, Q5, Q12, YSB: number of the window's events; Q7: price; Q8: number of auctions
 * @param d W1, Q11: number of the session's events; W2: value of the event; Q7: time of the bid
 * @param e W1: sum of their values; W2: time of the event; Q7: start of the window
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

package io.vellamo.engine.pipeline;

import io.vellamo.engine.time.SeenTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest event time of each range of an epoch.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class RangeTimes {
  private static final long NO_EVENT = Long.MIN_VALUE;

  private final long[] newestMillis;
  private final boolean[] hasEvents;

  RangeTimes(int ranges) {
    newestMillis = new long[ranges];
    Arrays.fill(newestMillis, NO_EVENT);
    hasEvents = new boolean[ranges];
  }

  /** Adds an event of a range that moves no watermark. */
  void add(int range) {
    hasEvents[range] = true;
  }

  /** Adds an event time. */
  void add(int range, long millis) {
    hasEvents[range] = true;
    newestMillis[range] = Math.max(newestMillis[range], millis);
  }

  /** Returns the ranges that had events, in order. */
  List<SeenTimes.OfRange> seen() {
    List<SeenTimes.OfRange> seen = new ArrayList<>();
    for (int range = 0; range < newestMillis.length; range++) {
      if (hasEvents[range]) {
        long newest = newestMillis[range];
        seen.add(new SeenTimes.OfRange(range, newest == NO_EVENT ? null : Long.valueOf(newest)));
      }
    }
    return seen;
  }
}

package io.vellamo.engine.time;

import io.vellamo.api.query.EventTimeStats;
import java.time.Instant;
import java.util.Optional;

/**
 * Statistics of event times in a form that can be added up.
 *
 * <p>The sum is a floating-point number, so the average may depend on the order of additions by a
 * millisecond if there are many events. It is only reported.
 *
 * @param count the number of event times
 * @param future the number of them that were too far ahead to move the watermark
 * @param minMillis the smallest; the largest {@code long} if there are none
 * @param maxMillis the largest; the smallest {@code long} if there are none
 * @param sumMillis their sum
 */
public record EventTimeSums(
    long count, long future, long minMillis, long maxMillis, double sumMillis) {
  /** No event times. */
  public static final EventTimeSums NONE =
      new EventTimeSums(0, 0, Long.MAX_VALUE, Long.MIN_VALUE, 0);

  /** Returns the statistics of these event times and others. */
  public EventTimeSums plus(EventTimeSums other) {
    return new EventTimeSums(
        count + other.count,
        future + other.future,
        Math.min(minMillis, other.minMillis),
        Math.max(maxMillis, other.maxMillis),
        sumMillis + other.sumMillis);
  }

  /** Returns the statistics as they are reported. */
  public EventTimeStats stats() {
    if (count == 0) {
      return EventTimeStats.NONE;
    }
    return new EventTimeStats(
        Optional.of(Instant.ofEpochMilli(minMillis)),
        Optional.of(Instant.ofEpochMilli(maxMillis)),
        Optional.of(Instant.ofEpochMilli(Math.round(sumMillis / count))),
        future);
  }
}

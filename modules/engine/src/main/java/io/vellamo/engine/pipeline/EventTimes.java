package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventTimeStats;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event times of an epoch on their way: what moves the watermark, and what is reported.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class EventTimes {
  private final long latestMillis;
  private long count;
  private long future;
  private long minMillis = Long.MAX_VALUE;
  private long maxMillis = Long.MIN_VALUE;
  private double sumMillis;
  private @Nullable Long newestMillis;

  /** Creates the times of an epoch that has no event later than a moment, but for future ones. */
  EventTimes(long latestMillis) {
    this.latestMillis = latestMillis;
  }

  void add(long millis) {
    count++;
    sumMillis += millis;
    minMillis = Math.min(minMillis, millis);
    maxMillis = Math.max(maxMillis, millis);
    if (millis > latestMillis) {
      future++;
    } else if (newestMillis == null || millis > newestMillis) {
      newestMillis = millis;
    }
  }

  /** Returns the largest event time that moves the watermark, or null if there was none. */
  @Nullable Long newestMillis() {
    return newestMillis;
  }

  EventTimeStats stats() {
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

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
  private @Nullable NewestEventTime newest;

  /** Creates the times of an epoch that has no event later than a moment, but for future ones. */
  EventTimes(long latestMillis) {
    this.latestMillis = latestMillis;
  }

  /**
   * Adds an event time.
   *
   * @param range the place in the epoch's plan of the range that the event came from
   * @param offset the event's offset
   */
  void add(long millis, int range, long offset) {
    count++;
    sumMillis += millis;
    minMillis = Math.min(minMillis, millis);
    maxMillis = Math.max(maxMillis, millis);
    if (millis > latestMillis) {
      future++;
    } else if (newest == null || millis > newest.millis()) {
      newest = new NewestEventTime(millis, range, offset);
    }
  }

  /** Returns the largest event time that moves the watermark, or null if there was none. */
  @Nullable NewestEventTime newest() {
    return newest;
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

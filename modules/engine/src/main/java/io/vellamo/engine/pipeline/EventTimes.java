package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventTimeStats;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event times of an epoch at one watermark, on their way: what moves it, and what is reported.
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

  SeenTimes seen() {
    return new SeenTimes(count, future, newest);
  }

  /** Returns a summary of the event times at several watermarks. */
  static EventTimeStats stats(List<EventTimes> all) {
    long count = 0;
    long future = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    double sum = 0;
    for (EventTimes times : all) {
      count += times.count;
      future += times.future;
      min = Math.min(min, times.minMillis);
      max = Math.max(max, times.maxMillis);
      sum += times.sumMillis;
    }
    if (count == 0) {
      return EventTimeStats.NONE;
    }
    return new EventTimeStats(
        Optional.of(Instant.ofEpochMilli(min)),
        Optional.of(Instant.ofEpochMilli(max)),
        Optional.of(Instant.ofEpochMilli(Math.round(sum / count))),
        future);
  }
}

package io.vellamo.engine.pipeline;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.time.EventTimeSums;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running statistics of an epoch's event times at one watermark: the time that moves it, and
 * the times to report.
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
  // Null if partitions have no watermarks of their own.
  private final @Nullable RangeTimes ranges;

  /**
   * Creates empty statistics.
   *
   * @param latestMillis events later than this are future events
   * @param ranges the statistics of each range; null if partitions have no watermarks of their own
   */
  EventTimes(long latestMillis, @Nullable RangeTimes ranges) {
    this.latestMillis = latestMillis;
    this.ranges = ranges;
  }

  /**
   * Adds an event time.
   *
   * @param range the index, in the epoch's plan, of the range that the event came from
   * @param offset the event's offset
   */
  void add(long millis, int range, long offset) {
    count++;
    sumMillis += millis;
    minMillis = Math.min(minMillis, millis);
    maxMillis = Math.max(maxMillis, millis);
    if (ranges != null && range != GroupBatch.NO_RANGE) {
      addTo(ranges, range, millis);
    }
    if (millis > latestMillis) {
      future++;
    } else if (newest == null || millis > newest.millis()) {
      newest = new NewestEventTime(millis, range, offset);
    }
  }

  private void addTo(RangeTimes known, int range, long millis) {
    if (millis > latestMillis) {
      known.add(range);
    } else {
      known.add(range, millis);
    }
  }

  SeenTimes seen() {
    return new SeenTimes(count, future, newest, ranges == null ? List.of() : ranges.seen());
  }

  EventTimeSums sums() {
    return new EventTimeSums(count, future, minMillis, maxMillis, sumMillis);
  }
}

package io.vellamo.engine.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A summary of the event times that an epoch saw at one watermark.
 *
 * @param events the number of events that had an event time
 * @param future the number of them that were too far ahead to move the watermark
 * @param newest the largest event time that moves the watermark, or null if there was none
 * @param ranges the event times of each range that had any, if each partition has a watermark of
 *     its own
 */
public record SeenTimes(
    long events, long future, @Nullable NewestEventTime newest, List<OfRange> ranges) {
  /** No event times. */
  public static final SeenTimes NONE = new SeenTimes(0, 0, null);

  /**
   * The event times of one range.
   *
   * @param range the index of the range in the epoch's plan
   * @param newestMillis the largest event time that moves the watermark, or null if there was none
   */
  public record OfRange(int range, @Nullable Long newestMillis) {}

  /** Copies the list. */
  public SeenTimes {
    ranges = List.copyOf(ranges);
  }

  /**
   * Returns the summary of these event times and those of other ranges of the epoch. Of two equal
   * event times, the one in the first range is the newest, as if the ranges had been read in order.
   */
  public SeenTimes plus(SeenTimes other) {
    List<OfRange> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    all.sort(Comparator.comparingInt(OfRange::range));
    return new SeenTimes(
        events + other.events, future + other.future, newest(newest, other.newest), all);
  }

  private static @Nullable NewestEventTime newest(
      @Nullable NewestEventTime one, @Nullable NewestEventTime other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    boolean isOther =
        one.millis() == other.millis()
            ? other.range() < one.range()
            : other.millis() > one.millis();
    return isOther ? other : one;
  }

  /** Creates the summary of a stream that has one watermark. */
  public SeenTimes(long events, long future, @Nullable NewestEventTime newest) {
    this(events, future, newest, List.of());
  }
}

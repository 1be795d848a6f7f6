package io.vellamo.engine.group;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events with their positions and event times in parallel arrays, to avoid an object per event.
 *
 * <p><b>Threading</b> Filled by one thread, then passed to another.
 */
final class EventColumns {
  private final boolean timed;
  private final @Nullable Object[] events;
  private final int[] ranges;
  private final long[] offsets;
  private final @Nullable Instant[] eventTimes;

  /**
   * Creates columns without events.
   *
   * @param capacity the maximum number of events
   * @param timed whether event times are stored
   */
  EventColumns(int capacity, boolean timed) {
    this(
        timed,
        new Object[capacity],
        new int[capacity],
        new long[capacity],
        new Instant[timed ? capacity : 0]);
  }

  private EventColumns(
      boolean timed,
      @Nullable Object[] events,
      int[] ranges,
      long[] offsets,
      @Nullable Instant[] eventTimes) {
    this.timed = timed;
    this.events = events;
    this.ranges = ranges;
    this.offsets = offsets;
    this.eventTimes = eventTimes;
  }

  /**
   * Returns a copy of {@code capacity} places from {@code from} on; places beyond the end are
   * empty.
   */
  EventColumns part(int from, int capacity) {
    int to = from + capacity;
    return new EventColumns(
        timed,
        Arrays.copyOfRange(events, from, to),
        Arrays.copyOfRange(ranges, from, to),
        Arrays.copyOfRange(offsets, from, to),
        timed ? Arrays.copyOfRange(eventTimes, from, to) : eventTimes);
  }

  boolean isTimed() {
    return timed;
  }

  int capacity() {
    return events.length;
  }

  void set(int place, Object event, int range, long offset, @Nullable Instant eventTime) {
    events[place] = event;
    ranges[place] = range;
    offsets[place] = offset;
    if (timed) {
      eventTimes[place] = eventTime;
    }
  }

  void replace(int place, Object event) {
    events[place] = event;
  }

  void clear(int place) {
    events[place] = null;
  }

  @Nullable Object event(int place) {
    return events[place];
  }

  List<@Nullable Object> events(int from, int to) {
    return Collections.unmodifiableList(Arrays.asList(events).subList(from, to));
  }

  int range(int place) {
    return ranges[place];
  }

  long offset(int place) {
    return offsets[place];
  }

  /** Returns an event's event time; null if it has none or event times are not stored. */
  @Nullable Instant eventTime(int place) {
    return timed ? eventTimes[place] : null;
  }
}

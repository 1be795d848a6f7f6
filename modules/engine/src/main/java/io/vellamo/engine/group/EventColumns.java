package io.vellamo.engine.group;

import io.vellamo.engine.time.Millis;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events with their positions and event times in parallel arrays, to avoid an object per event.
 *
 * <p>An event time is stored as seconds and nanoseconds: an {@link Instant} would live as long as
 * the epoch.
 *
 * <p><b>Threading</b> Filled by one thread, then passed to another.
 */
final class EventColumns {
  /** Seconds that denote no event time; every {@link Instant} has more. */
  static final long NO_TIME = Long.MIN_VALUE;

  private final @Nullable Object[] events;
  private final int[] ranges;
  private final long[] offsets;
  private final boolean timed;
  private final long[] seconds;
  private final int[] nanos;
  // The saved forms of mutable events, null while none are saved; and what restores them.
  private @Nullable StoredValue @Nullable [] forms;
  private EventCopies copies = EventCopies.NONE;

  /**
   * Creates columns without events.
   *
   * @param capacity the maximum number of events
   * @param timed whether event times are stored
   */
  EventColumns(int capacity, boolean timed) {
    this(
        new Object[capacity],
        new int[capacity],
        new long[capacity],
        timed,
        new long[timed ? capacity : 0],
        new int[timed ? capacity : 0]);
  }

  private EventColumns(
      @Nullable Object[] events,
      int[] ranges,
      long[] offsets,
      boolean timed,
      long[] seconds,
      int[] nanos) {
    this.events = events;
    this.ranges = ranges;
    this.offsets = offsets;
    this.timed = timed;
    this.seconds = seconds;
    this.nanos = nanos;
  }

  /**
   * Returns a copy of {@code capacity} places from {@code from} on; places beyond the end are
   * empty.
   */
  EventColumns part(int from, int capacity) {
    int to = from + capacity;
    EventColumns part =
        new EventColumns(
            Arrays.copyOfRange(events, from, to),
            Arrays.copyOfRange(ranges, from, to),
            Arrays.copyOfRange(offsets, from, to),
            timed,
            timed ? Arrays.copyOfRange(seconds, from, to) : seconds,
            timed ? Arrays.copyOfRange(nanos, from, to) : nanos);
    part.forms = forms == null ? null : Arrays.copyOfRange(forms, from, to);
    part.copies = copies;
    return part;
  }

  boolean isTimed() {
    return timed;
  }

  void set(int place, Object event, int range, long offset, @Nullable Instant eventTime) {
    if (eventTime == null) {
      set(place, event, range, offset, NO_TIME, 0);
    } else {
      set(place, event, range, offset, eventTime.getEpochSecond(), eventTime.getNano());
    }
  }

  /** Sets an event with its event time in parts; the seconds are {@link #NO_TIME} for none. */
  void set(int place, Object event, int range, long offset, long second, int nano) {
    set(place, event, range, offset);
    if (timed) {
      seconds[place] = second;
      nanos[place] = nano;
    }
  }

  /** Copies an event of other columns, which store event times if these do; not its saved form. */
  void copy(int place, EventColumns from, int fromPlace) {
    Object event = Objects.requireNonNull(from.events[fromPlace], "event");
    set(place, event, from.ranges[fromPlace], from.offsets[fromPlace]);
    if (timed) {
      seconds[place] = from.seconds[fromPlace];
      nanos[place] = from.nanos[fromPlace];
    }
  }

  private void set(int place, Object event, int range, long offset) {
    events[place] = event;
    ranges[place] = range;
    offsets[place] = offset;
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
    if (!timed || seconds[place] == NO_TIME) {
      return null;
    }
    return Instant.ofEpochSecond(seconds[place], nanos[place]);
  }

  /** Returns the seconds of an event's event time; {@link #NO_TIME} if it has or stores none. */
  long second(int place) {
    return timed ? seconds[place] : NO_TIME;
  }

  /** Returns the nanoseconds of the second of an event's event time; 0 if there is none. */
  int nano(int place) {
    return timed ? nanos[place] : 0;
  }

  boolean hasEventTime(int place) {
    return timed && seconds[place] != NO_TIME;
  }

  /** Returns the milliseconds of an event's event time, which it must have. */
  long eventTimeMillis(int place) {
    return Millis.of(seconds[place], nanos[place]);
  }

  /** Saves an event if it is mutable. */
  void save(int place, EventCopies by) {
    StoredValue form = by.write(Objects.requireNonNull(events[place], "event"));
    if (form != null) {
      if (forms == null) {
        forms = new StoredValue[events.length];
      }
      forms[place] = form;
      copies = by;
    }
  }

  /** Returns the saved form of an event; null if it is not saved. */
  @Nullable StoredValue form(int place) {
    return forms == null ? null : forms[place];
  }

  /** Replaces an event by its saved form, if it is saved. */
  void restore(int place) {
    if (forms != null) {
      Object event = Objects.requireNonNull(events[place], "event");
      events[place] = copies.restore(event, forms[place]);
    }
  }
}

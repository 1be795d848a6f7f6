package io.vellamo.engine.group;

import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The event times, to the nanosecond, at which a deduplication has seen a key, and whether it has
 * seen the key without an event time.
 *
 * <p>In array form, each time takes two elements: its second, and the nanosecond within it. The
 * layout is part of every journal.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class KnownTimes {
  /** The second that denotes no event time; no {@link Instant} has it. */
  private static final long NO_SECOND = Long.MIN_VALUE;

  private final TreeSet<Instant> times = new TreeSet<>();
  private boolean knowsNoTime;

  private KnownTimes() {}

  static KnownTimes of(long[] array) {
    KnownTimes known = new KnownTimes();
    for (int place = 0; place < array.length; place += 2) {
      long second = array[place];
      known.add(second == NO_SECOND ? null : Instant.ofEpochSecond(second, array[place + 1]));
    }
    return known;
  }

  /** Adds a time, null for none; returns false if it is already known. */
  boolean add(@Nullable Instant time) {
    if (time != null) {
      return times.add(time);
    }
    boolean isNew = !knowsNoTime;
    knowsNoTime = true;
    return isNew;
  }

  /** Removes the times that a watermark has passed. */
  void forget(Watermark watermark) {
    while (!times.isEmpty() && watermark.hasPassed(Millis.of(times.first()))) {
      times.pollFirst();
    }
  }

  /** Returns the earliest time in milliseconds, or null if there is none. */
  @Nullable Long earliestMillis() {
    return times.isEmpty() ? null : Long.valueOf(Millis.of(times.first()));
  }

  /**
   * Returns the array form: first the marker of no event time, if known, then the times in
   * ascending order.
   */
  long[] toArray() {
    long[] array = new long[2 * times.size() + (knowsNoTime ? 2 : 0)];
    int place = 0;
    if (knowsNoTime) {
      array[0] = NO_SECOND;
      place = 2;
    }
    for (Instant time : times) {
      array[place] = time.getEpochSecond();
      array[place + 1] = time.getNano();
      place += 2;
    }
    return array;
  }
}

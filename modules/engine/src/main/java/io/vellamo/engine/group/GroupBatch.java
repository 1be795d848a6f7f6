package io.vellamo.engine.group;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The events of one group in one epoch, in source order, with the source position of each.
 *
 * <p><b>Threading</b> Filled by one thread, then handed over; it can be read once, and once more
 * after each {@link #rewind}.
 *
 * @param <V> the events
 */
public final class GroupBatch<V> implements Iterator<V> {
  /** Stands for the event time of an event that has none. */
  public static final long NO_EVENT_TIME = Long.MIN_VALUE;

  /** Stands for the range of an event that is a row of an operator in front. */
  public static final int NO_RANGE = -1;

  private static final int FIRST_CAPACITY = 2;

  private GroupKey key;
  private final @Nullable Object userKey;
  private @Nullable Object[] events = new Object[FIRST_CAPACITY];
  private int[] ranges = new int[FIRST_CAPACITY];
  private long[] offsets = new long[FIRST_CAPACITY];
  private final boolean timed;
  private long[] eventTimes;
  private int size;
  private int next;

  /**
   * Creates a batch without events.
   *
   * @param key the group
   * @param userKey its key as the user knows it
   */
  public GroupBatch(GroupKey key, @Nullable Object userKey) {
    this(key, userKey, false);
  }

  /**
   * Creates a batch without events.
   *
   * @param key the group
   * @param userKey its key as the user knows it
   * @param timed whether it keeps the event times
   */
  public GroupBatch(GroupKey key, @Nullable Object userKey, boolean timed) {
    this.key = key;
    this.userKey = userKey;
    this.timed = timed;
    this.eventTimes = new long[timed ? FIRST_CAPACITY : 0];
  }

  /**
   * Adds an event.
   *
   * @param range the place of the event's range in the epoch's plan
   * @param offset the event's offset
   */
  public void add(V event, int range, long offset) {
    add(event, range, offset, NO_EVENT_TIME);
  }

  /**
   * Adds an event.
   *
   * @param range the place of the event's range in the epoch's plan, or {@link #NO_RANGE}
   * @param offset the event's offset
   * @param eventTimeMillis its event time, or {@link #NO_EVENT_TIME}
   */
  public void add(V event, int range, long offset, long eventTimeMillis) {
    if (size == events.length) {
      int capacity = size * 2;
      events = Arrays.copyOf(events, capacity);
      ranges = Arrays.copyOf(ranges, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
      eventTimes = timed ? Arrays.copyOf(eventTimes, capacity) : eventTimes;
    }
    if (timed) {
      eventTimes[size] = eventTimeMillis;
    }
    events[size] = event;
    ranges[size] = range;
    offsets[size] = offset;
    size++;
  }

  /** Returns the group. */
  public GroupKey key() {
    return key;
  }

  /** Takes an equal key in place of its own. */
  void shareKey(GroupKey same) {
    key = same;
  }

  /** Returns the key as the user knows it. */
  public @Nullable Object userKey() {
    return userKey;
  }

  /** Returns the number of events, read or not. */
  public int size() {
    return size;
  }

  /** Returns all events, read or not. */
  @SuppressWarnings("unchecked") // add took V
  public List<V> events() {
    return (List<V>) Collections.unmodifiableList(Arrays.asList(events).subList(0, size));
  }

  /** Returns the place in the epoch's plan of the range of the event read last, or of the first. */
  public int currentRange() {
    return ranges[current()];
  }

  /** Returns the offset of the event read last, or of the first. */
  public long currentOffset() {
    return offsets[current()];
  }

  /** Returns the place in the epoch's plan of the range of an event, given by its place. */
  public int range(int place) {
    return ranges[Objects.checkIndex(place, size)];
  }

  /** Returns the offset of an event, given by its place. */
  public long offset(int place) {
    return offsets[Objects.checkIndex(place, size)];
  }

  /** Returns the event time of an event, or {@link #NO_EVENT_TIME} if it is not kept. */
  public long eventTime(int place) {
    return timed ? eventTimes[Objects.checkIndex(place, size)] : NO_EVENT_TIME;
  }

  /** Returns an event as a batch of its own, given by its place. */
  public GroupBatch<V> only(int place) {
    GroupBatch<V> single = new GroupBatch<>(key, userKey, timed);
    single.add(events().get(place), ranges[place], offsets[place], eventTime(place));
    return single;
  }

  /** Lets the events be read from the first on, for a call that is made again. */
  public void rewind() {
    next = 0;
  }

  /** Takes back the event added last. */
  public void removeLast() {
    Objects.checkIndex(0, size);
    size--;
    events[size] = null;
  }

  /**
   * Returns the event time of the event read last, or of the first, or {@link #NO_EVENT_TIME}; only
   * if the batch keeps event times.
   */
  long currentEventTime() {
    return eventTimes[current()];
  }

  @Override
  public boolean hasNext() {
    return next < size;
  }

  @Override
  @SuppressWarnings("unchecked") // add took V
  public V next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The group has no more events in this epoch");
    }
    return (V) events[next++];
  }

  private int current() {
    return Math.max(next - 1, 0);
  }
}

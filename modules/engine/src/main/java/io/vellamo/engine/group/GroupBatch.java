package io.vellamo.engine.group;

import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The events of one group in one epoch, in source order, with the source position of each.
 *
 * <p><b>Threading</b> Filled by one thread, then passed to another. Can be iterated once, and again
 * after each {@link #rewind}.
 *
 * @param <V> the events
 */
public final class GroupBatch<V> implements KeyedEvents<V> {
  /** Range of an event that is a row of an upstream operator. */
  public static final int NO_RANGE = -1;

  private static final int FIRST_CAPACITY = 2;
  private static final EventColumns NO_COLUMNS = new EventColumns(0, false);
  private static final EventColumns NO_TIMED_COLUMNS = new EventColumns(0, true);

  private final GroupKey key;
  private final @Nullable Object userKey;
  // May be shared with other groups: this group's events are at the places from (inclusive) to end
  // (exclusive).
  private EventColumns columns;
  private int from;
  private int end;
  private int size;
  private int next;

  /**
   * Creates a batch without events.
   *
   * @param key the group
   * @param userKey its deserialized key
   */
  public GroupBatch(GroupKey key, @Nullable Object userKey) {
    this(key, userKey, false);
  }

  /**
   * Creates a batch without events.
   *
   * @param key the group
   * @param userKey its deserialized key
   * @param timed whether it stores event times
   */
  public GroupBatch(GroupKey key, @Nullable Object userKey, boolean timed) {
    this.key = key;
    this.userKey = userKey;
    this.columns = timed ? NO_TIMED_COLUMNS : NO_COLUMNS;
  }

  /**
   * Adds an event.
   *
   * @param range the index, in the epoch's plan, of the event's range
   * @param offset the event's offset
   */
  public void add(V event, int range, long offset) {
    add(event, range, offset, null);
  }

  /**
   * Adds an event.
   *
   * @param range the index, in the epoch's plan, of the event's range, or {@link #NO_RANGE}
   * @param offset the event's offset
   * @param eventTime its event time; null if it has none
   */
  public void add(V event, int range, long offset, @Nullable Instant eventTime) {
    makeRoom();
    columns.set(from + size, event, range, offset, eventTime);
    size++;
  }

  /** Adds an event of this group from other columns. */
  void add(EventColumns others, int place) {
    makeRoom();
    columns.copy(from + size, others, place);
    size++;
  }

  private void makeRoom() {
    if (from + size == end) {
      int capacity = Math.max(size * 2, FIRST_CAPACITY);
      columns = columns.part(from, capacity);
      from = 0;
      end = capacity;
    }
  }

  /** Reserves room for an event that will be added to shared columns. */
  void expectOneMore() {
    end++;
  }

  /**
   * Takes a section of shared columns for the expected events; returns the start of the next
   * section.
   */
  int takePart(EventColumns shared, int begin) {
    columns = shared;
    from = begin;
    end += begin;
    return end;
  }

  /** Returns the group. */
  public GroupKey key() {
    return key;
  }

  /** Returns the deserialized key. */
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
    return (List<V>) columns.events(from, from + size);
  }

  /**
   * Returns the index, in the epoch's plan, of the range of the event read last, or of the first
   * event if none was read.
   */
  public int currentRange() {
    return columns.range(from + current());
  }

  /** Returns the offset of the event read last, or of the first event if none was read. */
  public long currentOffset() {
    return columns.offset(from + current());
  }

  /** Returns the index, in the epoch's plan, of the range of the event at a place. */
  public int range(int place) {
    return columns.range(from + Objects.checkIndex(place, size));
  }

  /** Returns the offset of the event at a place. */
  public long offset(int place) {
    return columns.offset(from + Objects.checkIndex(place, size));
  }

  /**
   * Returns the event time of the event at a place; null if it has none or event times are not
   * stored.
   */
  public @Nullable Instant eventTime(int place) {
    return columns.eventTime(from + Objects.checkIndex(place, size));
  }

  /** Returns a batch of only the event at a place. */
  public GroupBatch<V> only(int place) {
    GroupBatch<V> single = new GroupBatch<>(key, userKey, columns.isTimed());
    single.add(columns, from + Objects.checkIndex(place, size));
    return single;
  }

  /** Saves the mutable events before a call that may fail, since the function may modify them. */
  public void keep(EventCopies by) {
    for (int place = 0; place < size; place++) {
      columns.save(from + place, by);
    }
  }

  /** Returns the saved form of the event at a place; null if it is not saved. */
  public @Nullable StoredValue form(int place) {
    return columns.form(from + Objects.checkIndex(place, size));
  }

  /** Restarts the iteration for a repeated call, with the events restored to their saved form. */
  public void rewind() {
    next = 0;
    for (int place = 0; place < size; place++) {
      columns.restore(from + place);
    }
  }

  @Override
  public @Nullable Instant eventTime() {
    return columns.eventTime(from + current());
  }

  @Override
  public boolean hasEventTime() {
    return columns.hasEventTime(from + current());
  }

  @Override
  public long eventTimeMillis() {
    return columns.eventTimeMillis(from + current());
  }

  @Override
  public boolean hasNext() {
    return next < size;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // add took V
  public V next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The group has no more events in this epoch");
    }
    return (V) columns.event(from + next++);
  }

  private int current() {
    return Math.max(next - 1, 0);
  }
}

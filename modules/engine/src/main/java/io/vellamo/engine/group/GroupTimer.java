package io.vellamo.engine.group;

import java.util.Comparator;

/**
 * The timer of a group, with its place in the order of its shard's timers.
 *
 * <p>The place may be earlier than the due time and is corrected only when it is reached: a
 * session's timer moves with each of its events, and most moves are never examined.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class GroupTimer {
  /** The order by due time, then by key. */
  public static final Comparator<GroupTimer> BY_TIME_THEN_KEY =
      Comparator.comparingLong(GroupTimer::dueMillis).thenComparing(GroupTimer::key);

  private static final long GONE = Long.MIN_VALUE;

  private final GroupKey key;
  private long placeMillis;
  private long dueMillis;

  /** Creates a timer whose place is its due time. */
  public GroupTimer(GroupKey key, long dueMillis) {
    this.key = key;
    this.placeMillis = dueMillis;
    this.dueMillis = dueMillis;
  }

  /** Returns the group. */
  public GroupKey key() {
    return key;
  }

  /** Returns the due time. */
  public long dueMillis() {
    return dueMillis;
  }

  /** Returns the time of the place. */
  public long placeMillis() {
    return placeMillis;
  }

  /** Returns whether the place is the due time. */
  public boolean isAtPlace() {
    return dueMillis == placeMillis;
  }

  /** Returns whether the timer has been removed. */
  public boolean isGone() {
    return dueMillis == GONE;
  }

  /** Sets the due time if it is not before the place; returns false otherwise. */
  public boolean moveTo(long millis) {
    if (millis < placeMillis) {
      return false;
    }
    dueMillis = millis;
    return true;
  }

  /** Removes the timer; its place remains until it is reached. */
  public void takeAway() {
    dueMillis = GONE;
  }

  /** Moves the place to the due time. The timer must not be in an ordered collection. */
  public void settle() {
    placeMillis = dueMillis;
  }
}

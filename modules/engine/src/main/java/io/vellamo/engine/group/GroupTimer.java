package io.vellamo.engine.group;

/**
 * The timer of a group, with its place in the order of its shard's timers.
 *
 * <p>The place may be earlier than the due time and is corrected only when it is reached: a
 * session's timer moves with each of its events, and most moves are never examined.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class GroupTimer implements Comparable<GroupTimer> {
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

  /** Orders by place, then by key. */
  @Override
  public int compareTo(GroupTimer other) {
    int byPlace = Long.compare(placeMillis, other.placeMillis);
    return byPlace == 0 ? key.compareTo(other.key) : byPlace;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}

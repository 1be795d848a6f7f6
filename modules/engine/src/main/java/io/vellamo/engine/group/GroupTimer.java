package io.vellamo.engine.group;

/**
 * The timer of a group, in its place among the timers of its shard.
 *
 * <p>The place may be too early, which is found out when the place's turn comes: a session's timer
 * moves with each of its events, and most moves are never looked at.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class GroupTimer implements Comparable<GroupTimer> {
  private static final long GONE = Long.MIN_VALUE;

  private final GroupKey key;
  private long placeMillis;
  private long dueMillis;

  /** Creates a timer that is at its place. */
  public GroupTimer(GroupKey key, long dueMillis) {
    this.key = key;
    this.placeMillis = dueMillis;
    this.dueMillis = dueMillis;
  }

  /** Returns the group. */
  public GroupKey key() {
    return key;
  }

  /** Returns when it is due. */
  public long dueMillis() {
    return dueMillis;
  }

  /** Returns whether it is at its place. */
  public boolean isAtPlace() {
    return dueMillis == placeMillis;
  }

  /** Returns whether it has been taken away. */
  public boolean isGone() {
    return dueMillis == GONE;
  }

  /** Sets when it is due, if that is not before its place; returns false if it is. */
  public boolean moveTo(long millis) {
    if (millis < placeMillis) {
      return false;
    }
    dueMillis = millis;
    return true;
  }

  /** Takes it away; its place stays until its turn comes. */
  public void takeAway() {
    dueMillis = GONE;
  }

  /** Moves its place to where it is due; not while it is among others. */
  public void settle() {
    placeMillis = dueMillis;
  }

  /** Orders by place and, among equals, by key. */
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

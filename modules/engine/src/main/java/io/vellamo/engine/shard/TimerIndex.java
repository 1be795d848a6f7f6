package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A shard's timers, ordered by due time, then by key.
 *
 * <p>A timer that is postponed or removed keeps its place until that place is reached. Results are
 * exact nevertheless.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> O(1) to postpone a timer; O(log n) to move one to an earlier time, and for each
 * place that is reached. The places of removed timers are cleared once they are more than 1024 and
 * outnumber those of existing timers.
 */
final class TimerIndex {
  /** A due time that denotes no timer. */
  static final long NONE = GroupEntry.NO_TIMEOUT;

  /** The number of removed timers up to which their places are not cleared. */
  private static final int FEW = 1024;

  private final PriorityQueue<GroupTimer> places = new PriorityQueue<>();
  private int gone;

  /**
   * Changes a group's timer and returns the new one, or null if there is none.
   *
   * @param timer the group's current timer, or null if it has none
   * @param key the group
   * @param millis the new due time; {@link #NONE} to remove the timer
   */
  @Nullable GroupTimer change(@Nullable GroupTimer timer, GroupKey key, long millis) {
    if (millis != NONE && timer != null && timer.moveTo(millis)) {
      return timer;
    }
    if (timer != null) {
      timer.takeAway();
      gone++;
      clear();
    }
    if (millis == NONE) {
      return null;
    }
    GroupTimer added = new GroupTimer(key, millis);
    places.add(added);
    return added;
  }

  /** Returns the groups whose timers are due strictly before a time, earliest first. */
  List<GroupKey> dueBefore(long millis) {
    List<GroupTimer> due = new ArrayList<>();
    List<GroupKey> groups = new ArrayList<>();
    while (settleFirst() && places.element().dueMillis() < millis) {
      GroupTimer first = places.remove();
      due.add(first);
      groups.add(first.key());
    }
    places.addAll(due);
    return groups;
  }

  @Nullable Long earliestMillis() {
    return settleFirst() ? places.element().dueMillis() : null;
  }

  /** Returns the number of places, including those of removed timers. */
  int places() {
    return places.size();
  }

  /**
   * Moves timers to their due times until the first one is at its own; returns false if there are
   * none.
   */
  private boolean settleFirst() {
    while (!places.isEmpty()) {
      GroupTimer first = places.element();
      if (first.isAtPlace()) {
        return true;
      }
      places.remove();
      if (first.isGone()) {
        gone--;
      } else {
        first.settle();
        places.add(first);
      }
    }
    return false;
  }

  /** Bounds the memory taken by timers that are repeatedly removed and set again. */
  private void clear() {
    if (gone > FEW && gone > places.size() / 2) {
      places.removeIf(GroupTimer::isGone);
      gone = 0;
    }
  }
}

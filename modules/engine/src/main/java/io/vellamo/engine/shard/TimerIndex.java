package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A shard's timers, ordered by due time and, among equals, by key.
 *
 * <p>A timer that moves to later, or goes, stays where it is until that place's turn comes. What is
 * answered is exact all the same.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> Nothing for a move to later; O(log n) for a move to earlier, and for each place
 * whose turn comes. At most about as many places of timers that are gone as there are timers.
 */
final class TimerIndex {
  /** Fewer places of timers that are gone are not worth clearing. */
  private static final int FEW = 1024;

  private final PriorityQueue<GroupTimer> places = new PriorityQueue<>();
  private int gone;

  /**
   * Changes a group's timer; returns it as it is from now on.
   *
   * @param timer the group's timer so far, or null if it has none
   * @param key the group
   * @param millis when it is due from now on; null if not at all
   */
  @Nullable GroupTimer change(@Nullable GroupTimer timer, GroupKey key, @Nullable Long millis) {
    if (millis != null && timer != null && timer.moveTo(millis)) {
      return timer;
    }
    if (timer != null) {
      timer.takeAway();
      gone++;
      clear();
    }
    if (millis == null) {
      return null;
    }
    GroupTimer added = new GroupTimer(key, millis);
    places.add(added);
    return added;
  }

  /** Returns the groups whose timers are due strictly before a moment, earliest first. */
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

  /** Returns how many places are taken, those of timers that are gone among them. */
  int places() {
    return places.size();
  }

  /** Moves timers to their places until the first one is at its own; false if there is none. */
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

  /** Timers that are taken and set again and again must not fill the memory. */
  private void clear() {
    if (gone > FEW && gone > places.size() / 2) {
      places.removeIf(GroupTimer::isGone);
      gone = 0;
    }
  }
}

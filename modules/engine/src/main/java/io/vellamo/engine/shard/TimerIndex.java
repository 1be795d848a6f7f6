package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupTimer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shard's timers, ordered by due time, then by key.
 *
 * <p>A timer that is postponed or removed keeps its place until that place is reached. A timer that
 * is due leaves the queue, since its group usually removes or postpones it next; until then it is
 * looked at each time. Results are exact nevertheless.
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

  private final TimerQueue queue = new TimerQueue();
  // Timers whose places have been reached; the others are in the queue.
  private final List<GroupTimer> reached = new ArrayList<>();
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
    queue.add(added);
    return added;
  }

  /** Returns the groups whose timers are due strictly before a time, earliest first. */
  List<GroupKey> dueBefore(long millis) {
    settleReached();
    while (settleFirst() && queue.first().dueMillis() < millis) {
      reached.add(queue.removeFirst());
    }
    if (reached.isEmpty()) {
      return List.of();
    }
    reached.sort(GroupTimer.BY_TIME_THEN_KEY);
    List<GroupKey> groups = new ArrayList<>(reached.size());
    for (GroupTimer timer : reached) {
      if (timer.dueMillis() < millis) {
        groups.add(timer.key());
      }
    }
    return groups;
  }

  @Nullable Long earliestMillis() {
    settleReached();
    Long earliest = settleFirst() ? (Long) queue.first().dueMillis() : null;
    for (GroupTimer timer : reached) {
      if (earliest == null || timer.dueMillis() < earliest) {
        earliest = timer.dueMillis();
      }
    }
    return earliest;
  }

  /** Returns the number of places, including those of removed timers. */
  int places() {
    return queue.size() + reached.size();
  }

  /** Moves postponed timers back to the queue, and forgets removed ones. */
  private void settleReached() {
    int kept = 0;
    for (int i = 0; i < reached.size(); i++) {
      GroupTimer timer = reached.get(i);
      if (timer.isGone()) {
        gone--;
      } else if (timer.isAtPlace()) {
        reached.set(kept++, timer);
      } else {
        timer.settle();
        queue.add(timer);
      }
    }
    reached.subList(kept, reached.size()).clear();
  }

  /**
   * Moves timers to their due times until the first one is at its own; returns false if there are
   * none.
   */
  private boolean settleFirst() {
    while (queue.size() > 0) {
      GroupTimer first = queue.first();
      if (first.isAtPlace()) {
        return true;
      }
      queue.removeFirst();
      if (first.isGone()) {
        gone--;
      } else {
        first.settle();
        queue.add(first);
      }
    }
    return false;
  }

  /** Bounds the memory taken by timers that are repeatedly removed and set again. */
  private void clear() {
    if (gone > FEW && gone > places() / 2) {
      reached.removeIf(GroupTimer::isGone);
      queue.removeGone();
      gone = 0;
    }
  }
}

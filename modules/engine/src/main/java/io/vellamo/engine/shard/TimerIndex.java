package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A shard's timers, ordered by due time, then by key. Each group has a number, and at most one
 * timer.
 *
 * <p>A timer that is postponed or removed keeps its place in the queue until that place is reached.
 * A timer that is due leaves the queue, since its group usually removes or postpones it next.
 * Results are exact nevertheless.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> O(1) to postpone a timer; O(log n) to move one to an earlier time, and for each
 * place that is reached. The places of removed timers are cleared once they are more than 1024 and
 * outnumber those of existing timers. About 30 bytes for each timer.
 */
final class TimerIndex {
  /** A due time that denotes no timer. */
  static final long NONE = GroupEntry.NO_TIMEOUT;

  /** The place of a timer that was due and has left the queue; before all times. */
  private static final long REACHED = NONE + 1;

  /** The number of removed timers up to which their places are not cleared. */
  private static final int FEW = 1024;

  private static final Comparator<Due> BY_TIME_THEN_KEY =
      Comparator.comparingLong(Due::millis).thenComparing(Due::group);

  private record Due(long millis, GroupKey group) {}

  private final IntFunction<GroupKey> keys;
  // An entry of the queue is that of a timer if it has the timer's place; all others are gone.
  private final TimerQueue queue = new TimerQueue();
  private final IntStack reached = new IntStack();
  private int gone;
  // By number. Times may be later than places.
  private long[] times = new long[0];
  private long[] places = new long[0];

  /**
   * Creates an index without timers.
   *
   * @param keys returns the group of a number
   */
  TimerIndex(IntFunction<GroupKey> keys) {
    this.keys = keys;
  }

  /**
   * Changes a group's timer.
   *
   * @param group the group's number
   * @param millis the new due time; {@link #NONE} to remove the timer
   */
  void change(int group, long millis) {
    if (group >= places.length) {
      if (millis == NONE) {
        return;
      }
      grow(group);
    }
    long place = places[group];
    times[group] = millis;
    if (place == NONE ? millis == NONE : millis >= place) {
      return;
    }
    if (place != NONE && place != REACHED) {
      gone++;
    }
    places[group] = millis;
    if (millis != NONE) {
      queue.add(millis, group);
    }
    clear();
  }

  private void grow(int group) {
    int before = places.length;
    int length = Math.max(group + 1, before + (before >> 1));
    times = Arrays.copyOf(times, length);
    places = Arrays.copyOf(places, length);
    Arrays.fill(times, before, length, NONE);
    Arrays.fill(places, before, length, NONE);
  }

  /** Returns the groups whose timers are due strictly before a time, earliest first. */
  List<GroupKey> dueBefore(long millis) {
    settleReached();
    List<Due> due = new ArrayList<>();
    while (settleFirst() && queue.firstMillis() < millis) {
      int group = queue.first();
      due.add(new Due(queue.firstMillis(), keys.apply(group)));
      queue.removeFirst();
      places[group] = REACHED;
      reached.push(group);
    }
    due.sort(BY_TIME_THEN_KEY);
    List<GroupKey> groups = new ArrayList<>(due.size());
    for (Due timer : due) {
      groups.add(timer.group);
    }
    return groups;
  }

  @Nullable Long earliestMillis() {
    settleReached();
    return settleFirst() ? queue.firstMillis() : null;
  }

  /** Returns the number of places in the queue, including those of removed timers. */
  int places() {
    return queue.size();
  }

  /** Puts the timers that were due, and have not been removed since, into the queue again. */
  private void settleReached() {
    while (!reached.isEmpty()) {
      int group = reached.pop();
      if (places[group] == REACHED) {
        places[group] = times[group];
        queue.add(times[group], group);
      }
    }
  }

  /**
   * Moves timers to their due times until the first one is at its own; returns false if there are
   * none.
   */
  private boolean settleFirst() {
    while (queue.size() > 0) {
      int group = queue.first();
      long place = queue.firstMillis();
      if (places[group] == place && times[group] == place) {
        return true;
      }
      queue.removeFirst();
      if (places[group] == place) {
        places[group] = times[group];
        queue.add(times[group], group);
      } else {
        gone--;
      }
    }
    return false;
  }

  /** Bounds the memory taken by timers that are repeatedly removed and set again. */
  private void clear() {
    if (gone <= FEW || gone <= queue.size() / 2) {
      return;
    }
    settleReached();
    queue.keepIf(
        (place, group) -> {
          boolean isKept = places[group] == place;
          if (isKept) {
            // Marked, as the group may have a second entry with this time.
            places[group] = REACHED;
          }
          return isKept;
        });
    queue.forEach((place, group) -> places[group] = place);
    gone = 0;
  }
}

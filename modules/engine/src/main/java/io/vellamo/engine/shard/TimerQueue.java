package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupTimer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A priority queue of timers by their places: a binary heap that compares times in an array, while
 * a {@link java.util.PriorityQueue} would read each timer from memory. Timers at the same time are
 * in no order.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class TimerQueue {
  private static final int FIRST_CAPACITY = 16;

  private long[] millis = new long[FIRST_CAPACITY];
  private @Nullable GroupTimer[] timers = new GroupTimer[FIRST_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  /** Adds a timer, whose place must not change while it is in the queue. */
  void add(GroupTimer timer) {
    if (size == millis.length) {
      millis = Arrays.copyOf(millis, size * 2);
      timers = Arrays.copyOf(timers, size * 2);
    }
    moveUp(size++, timer.placeMillis(), timer);
  }

  /** Returns the first timer; there must be one. */
  GroupTimer first() {
    return timer(0);
  }

  /** Removes and returns the first timer; there must be one. */
  GroupTimer removeFirst() {
    GroupTimer first = timer(0);
    size--;
    GroupTimer last = timer(size);
    timers[size] = null;
    if (size > 0) {
      moveDown(0, millis[size], last);
    }
    return first;
  }

  /** Removes all timers that have been removed from their groups. */
  void removeGone() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!timer(i).isGone()) {
        millis[kept] = millis[i];
        timers[kept++] = timers[i];
      }
    }
    Arrays.fill(timers, kept, size, null);
    size = kept;
    for (int i = size / 2 - 1; i >= 0; i--) {
      moveDown(i, millis[i], timer(i));
    }
  }

  private void moveUp(int from, long placeMillis, GroupTimer timer) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) / 2;
      if (millis[parent] <= placeMillis) {
        break;
      }
      set(place, millis[parent], timer(parent));
      place = parent;
    }
    set(place, placeMillis, timer);
  }

  private void moveDown(int from, long placeMillis, GroupTimer timer) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && millis[child + 1] < millis[child]) {
        child++;
      }
      if (placeMillis <= millis[child]) {
        break;
      }
      set(place, millis[child], timer(child));
      place = child;
    }
    set(place, placeMillis, timer);
  }

  private void set(int place, long placeMillis, GroupTimer timer) {
    millis[place] = placeMillis;
    timers[place] = timer;
  }

  @SuppressWarnings("NullAway") // no place below the size is null
  private GroupTimer timer(int place) {
    return timers[place];
  }
}

package io.vellamo.engine.shard;

import java.util.Arrays;

/**
 * A priority queue of numbers by time, a binary heap in two arrays. Numbers with the same time are
 * in no order.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class TimerQueue {
  private static final int FIRST_CAPACITY = 16;

  /** A condition of an entry. */
  interface Filter {
    boolean test(long timeMillis, int number);
  }

  /** A receiver of entries. */
  interface Taker {
    void take(long timeMillis, int number);
  }

  private long[] millis = new long[FIRST_CAPACITY];
  private int[] numbers = new int[FIRST_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  void add(long timeMillis, int number) {
    if (size == millis.length) {
      millis = Arrays.copyOf(millis, size * 2);
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    int place = size++;
    while (place > 0) {
      int parent = (place - 1) / 2;
      if (millis[parent] <= timeMillis) {
        break;
      }
      set(place, millis[parent], numbers[parent]);
      place = parent;
    }
    set(place, timeMillis, number);
  }

  /** Returns the earliest time; there must be one. */
  long firstMillis() {
    return millis[0];
  }

  /** Returns the number with the earliest time; there must be one. */
  int first() {
    return numbers[0];
  }

  /** Removes the entry with the earliest time; there must be one. */
  void removeFirst() {
    size--;
    moveDown(0, millis[size], numbers[size]);
  }

  /** Keeps the entries that meet a condition. */
  void keepIf(Filter filter) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (filter.test(millis[i], numbers[i])) {
        set(kept++, millis[i], numbers[i]);
      }
    }
    size = kept;
    for (int i = size / 2 - 1; i >= 0; i--) {
      moveDown(i, millis[i], numbers[i]);
    }
  }

  /** Passes all entries, in any order. */
  void forEach(Taker taker) {
    for (int i = 0; i < size; i++) {
      taker.take(millis[i], numbers[i]);
    }
  }

  private void moveDown(int from, long timeMillis, int number) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && millis[child + 1] < millis[child]) {
        child++;
      }
      if (timeMillis <= millis[child]) {
        break;
      }
      set(place, millis[child], numbers[child]);
      place = child;
    }
    set(place, timeMillis, number);
  }

  private void set(int place, long timeMillis, int number) {
    millis[place] = timeMillis;
    numbers[place] = number;
  }
}

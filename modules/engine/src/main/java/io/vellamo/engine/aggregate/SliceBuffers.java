package io.vellamo.engine.aggregate;

import java.util.Arrays;

/** Buffers of slices, in ascending order of their starts. */
final class SliceBuffers {
  private static final int FIRST_CAPACITY = 2;

  private long[] starts = new long[FIRST_CAPACITY];
  private Object[][] buffers = new Object[FIRST_CAPACITY][];
  private int size;
  private int last;

  int size() {
    return size;
  }

  long start(int place) {
    return starts[place];
  }

  /** Returns the starts of all slices. */
  long[] starts() {
    return Arrays.copyOf(starts, size);
  }

  Object[] buffers(int place) {
    return buffers[place];
  }

  /** Returns the place of a slice; {@code -(place + 1)} of where it belongs if it is missing. */
  int find(long start) {
    if (last < size && starts[last] == start) {
      return last;
    }
    int place = Arrays.binarySearch(starts, 0, size, start);
    last = Math.max(place, 0);
    return place;
  }

  /** Adds a slice at the place where it belongs. */
  void insert(int place, long start, Object[] ofSlice) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      buffers = Arrays.copyOf(buffers, size * 2);
    }
    System.arraycopy(starts, place, starts, place + 1, size - place);
    System.arraycopy(buffers, place, buffers, place + 1, size - place);
    starts[place] = start;
    buffers[place] = ofSlice;
    size++;
    last = place;
  }

  /** Adds a slice that is later than all others. */
  void append(long start, Object[] ofSlice) {
    insert(size, start, ofSlice);
  }
}

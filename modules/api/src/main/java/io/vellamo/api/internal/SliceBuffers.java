package io.vellamo.api.internal;

import java.util.Arrays;

/**
 * Buffers of slices, in ascending order of their starts.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * @since 0.1
 */
public final class SliceBuffers {
  private static final int FIRST_CAPACITY = 2;

  private long[] starts = new long[FIRST_CAPACITY];
  private Object[][] buffers = new Object[FIRST_CAPACITY][];
  private int size;
  private int last;

  /**
   * Returns the number of slices.
   *
   * @return from 0
   */
  public int size() {
    return size;
  }

  /**
   * Returns the start of a slice.
   *
   * @param place its place, from 0
   * @return milliseconds since 1970
   */
  public long start(int place) {
    return starts[place];
  }

  /**
   * Returns the buffers of a slice.
   *
   * @param place its place, from 0
   * @return the buffers, not a copy
   */
  public Object[] buffers(int place) {
    return buffers[place];
  }

  /**
   * Returns the place of a slice.
   *
   * @param start the start of the slice
   * @return its place; {@code -(place + 1)} of where it belongs if it is missing
   */
  public int find(long start) {
    if (last < size && starts[last] == start) {
      return last;
    }
    int place = Arrays.binarySearch(starts, 0, size, start);
    last = Math.max(place, 0);
    return place;
  }

  /**
   * Adds a slice at the place where it belongs.
   *
   * @param place the place
   * @param start the start of the slice
   * @param ofSlice its buffers
   */
  public void insert(int place, long start, Object[] ofSlice) {
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

  /**
   * Adds a slice that is later than all others.
   *
   * @param start the start of the slice
   * @param ofSlice its buffers
   */
  public void append(long start, Object[] ofSlice) {
    insert(size, start, ofSlice);
  }

  /**
   * Removes the earliest slices.
   *
   * @param count their number
   */
  public void removeFirst(int count) {
    System.arraycopy(starts, count, starts, 0, size - count);
    System.arraycopy(buffers, count, buffers, 0, size - count);
    Arrays.fill(buffers, size - count, size, null);
    size -= count;
    last = 0;
  }

  /**
   * Returns the starts of all slices.
   *
   * @return a new array, in ascending order
   */
  public long[] starts() {
    return Arrays.copyOf(starts, size);
  }
}

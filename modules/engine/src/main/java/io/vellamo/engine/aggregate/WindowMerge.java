package io.vellamo.engine.aggregate;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The merged buffers of windows that follow each other, each of several slices.
 *
 * <p>Keeps two stacks, so that a window costs about five merges, however many slices it has: K.
 * Tangwongsan et al., "General Incremental Sliding-Window Aggregation", PVLDB 8(7), 2015.
 *
 * <p><b>Threading</b> Used by one thread at a time, for windows in ascending order.
 */
final class WindowMerge {
  private final BufferCalls calls;
  private final long[] starts;
  private final LongFunction<Object[]> slices;
  // The merged buffers of the slices from a place up to the middle, by place.
  private final Object[][] front;
  // The merged buffers of the slices from the middle to the end of the window.
  private Object @Nullable [] back;
  private int from;
  private int middle;
  private int end;

  /**
   * Creates the merge of the windows of some slices.
   *
   * @param starts the starts of the slices, in ascending order
   * @param slices returns the buffers of a slice, which are not changed
   */
  WindowMerge(BufferCalls calls, long[] starts, LongFunction<Object[]> slices) {
    this.calls = calls;
    this.starts = starts;
    this.slices = slices;
    this.front = new Object[starts.length][];
  }

  /**
   * Returns the buffers of a window; null if it has no slices.
   *
   * @param start its start, not before that of the preceding window
   * @param windowEnd its end
   */
  Object @Nullable [] merged(long start, long windowEnd) {
    while (from < starts.length && starts[from] < start) {
      from++;
    }
    if (from >= middle) {
      turn(windowEnd);
    }
    while (end < starts.length && starts[end] < windowEnd) {
      Object[] slice = slices.apply(starts[end]);
      back = plus(back, slice);
      end++;
    }
    Object[] first = from < middle ? front[from] : null;
    if (first == null) {
      return back == null ? null : plus(null, back);
    }
    Object[] all = plus(null, first);
    if (back != null) {
      calls.merge(all, back);
    }
    return all;
  }

  /** Moves the slices of the window to the front, each merged with those behind it. */
  private void turn(long windowEnd) {
    end = Math.max(end, from);
    while (end < starts.length && starts[end] < windowEnd) {
      end++;
    }
    middle = end;
    back = null;
    Object[] behind = null;
    for (int place = middle - 1; place >= from; place--) {
      Object[] slice = plus(null, slices.apply(starts[place]));
      if (behind != null) {
        calls.merge(slice, behind);
      }
      front[place] = slice;
      behind = slice;
    }
  }

  private Object[] plus(Object @Nullable [] left, Object[] right) {
    Object[] sum = left == null ? calls.zero() : left;
    calls.merge(sum, right);
    return sum;
  }
}

package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.api.window.Window;
import java.time.Instant;
import java.util.function.LongFunction;

/** The rows of windows, merged from their slices. */
final class WindowRows {
  /** Takes the row of a window. */
  @FunctionalInterface
  interface Taker {
    /** Takes a row; {@code window} is the start of its window. */
    void take(long window, Object row);
  }

  private final AggregationCode code;
  private final BufferCalls calls;
  private final Slicing slicing;

  WindowRows(AggregationCode code, BufferCalls calls, Slicing slicing) {
    this.code = code;
    this.calls = calls;
    this.slicing = slicing;
  }

  /**
   * Passes on the rows of the windows that contain any of some slices, each once, in ascending
   * order.
   *
   * @param some the starts of the slices, in ascending order
   * @param after only windows that end after this time
   * @param upTo only windows that end at this time or before
   * @param all the starts of all slices, in ascending order
   * @param buffers returns the buffers of a slice, which are not changed
   */
  void emit(
      Object key,
      long[] some,
      long after,
      long upTo,
      long[] all,
      LongFunction<Object[]> buffers,
      Taker rows) {
    WindowMerge merge = new WindowMerge(calls, all, buffers);
    long next = Long.MIN_VALUE;
    for (long slice : some) {
      long window = Math.max(next, slicing.firstWindowEndingAfter(after, slice));
      long last = slicing.lastWindow(slice);
      for (; window <= last && slicing.end(window) <= upTo; window += slicing.slide()) {
        long end = slicing.end(window);
        Object[] merged = merge.merged(window, end);
        if (merged != null) {
          Window interval = new Window(Instant.ofEpochMilli(window), Instant.ofEpochMilli(end));
          rows.take(window, code.rows().row(key, interval, merged));
        }
      }
      next = window;
    }
  }

  /** Passes on the rows of all windows of slices. */
  void emitAll(Object key, SliceBuffers slices, Taker rows) {
    emit(key, slices.starts(), Long.MIN_VALUE, Long.MAX_VALUE, slices, rows);
  }

  /** Passes on the rows of the windows of slices that end after a time. */
  void emitAfter(Object key, SliceBuffers slices, long after, Taker rows) {
    emit(key, slices.starts(), after, Long.MAX_VALUE, slices, rows);
  }

  /** Passes on the rows of windows whose slices are kept as one value. */
  void emit(Object key, long[] some, long after, long upTo, SliceBuffers all, Taker rows) {
    emit(key, some, after, upTo, all.starts(), start -> all.buffers(all.find(start)), rows);
  }

  /** Returns the event time of the row of a window: its last millisecond. */
  Instant eventTime(long window) {
    return Instant.ofEpochMilli(slicing.end(window) - 1);
  }
}

package io.vellamo.engine.aggregate;

import io.vellamo.api.window.TimeWindows;
import io.vellamo.engine.time.Millis;

/**
 * The slices into which windows divide time. Every start and end of a window is the start of a
 * slice, so that a window consists of whole slices, and an event belongs to one slice, whatever the
 * overlap of the windows.
 *
 * <p>Slices are due to J. Li et al., "No Pane, No Gain: Efficient Evaluation of Sliding-Window
 * Aggregates over Data Streams", SIGMOD Record 34(1), 2005, who call them panes.
 *
 * @param width the length of a window
 * @param slide the interval between the starts of two windows
 * @param slice the length of a slice
 * @param offset the shift of the starts from 1970, from 0 to {@code slide}, exclusive
 */
record Slicing(long width, long slide, long slice, long offset) {
  static Slicing of(TimeWindows windows) {
    return new Slicing(
        windows.widthMillis(),
        windows.slideMillis(),
        windows.sliceMillis(),
        windows.offsetMillis());
  }

  /** Returns the start of the slice of an event. */
  long sliceStart(long eventTime) {
    long time = inReach(eventTime);
    return time - Math.floorMod(time - Math.floorMod(offset, slice), slice);
  }

  /** Returns the nearest time of which all windows can be represented. */
  private long inReach(long eventTime) {
    return Math.min(Math.max(eventTime, Millis.FIRST + 2 * width), Millis.LAST - 2 * width);
  }

  /** Returns the start of the first window that contains a slice. */
  long firstWindow(long sliceStart) {
    return Millis.plus(lastWindow(Millis.plus(sliceStart, -width)), slide);
  }

  /** Returns the start of the last window that contains a slice. */
  long lastWindow(long sliceStart) {
    return Millis.plus(sliceStart, -Math.floorMod(sliceStart - offset, slide));
  }

  /** Returns the end of the last window that contains a slice. */
  long lastEnd(long sliceStart) {
    return end(lastWindow(sliceStart));
  }

  /** Returns the end of a window. */
  long end(long windowStart) {
    return Millis.plus(windowStart, width);
  }

  /** Returns the start of the first window that contains a slice and ends after a time. */
  long firstWindowEndingAfter(long time, long sliceStart) {
    long first = firstWindow(sliceStart);
    if (end(first) > time) {
      return first;
    }
    return Millis.plus(lastWindow(Millis.plus(time, -width)), slide);
  }
}

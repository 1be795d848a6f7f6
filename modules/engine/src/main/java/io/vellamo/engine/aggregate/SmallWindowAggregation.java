package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Window;
import io.vellamo.engine.group.KeyedEvents;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.KeyedState;
import io.vellamo.engine.group.Rows;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;

/**
 * An aggregation by windows of few slices with small buffers, which a group keeps together as its
 * state, with a timeout at the next time at which it has something to do.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class SmallWindowAggregation
    implements KeyedOperator<Object, Object, SliceBuffers, Object> {
  private final AggregationCode code;
  private final BufferCalls calls;
  private final Slicing slicing;
  private final OutputMode mode;

  /** Creates an aggregation. */
  public SmallWindowAggregation(AggregationCode code, TimeWindows windows, OutputMode mode) {
    this.code = code;
    this.calls = new BufferCalls(code);
    this.slicing = Slicing.of(windows);
    this.mode = mode;
  }

  @Override
  public void onEvents(
      Object key, KeyedEvents<Object> events, KeyedState<SliceBuffers> group, Rows<Object> rows) {
    SliceBuffers slices = group.exists() ? group.get() : new SliceBuffers();
    SliceBuffers touched = mode == OutputMode.UPDATE ? new SliceBuffers() : null;
    boolean isChanged = false;
    while (events.hasNext()) {
      Object event = events.next();
      if (!events.hasEventTime()) {
        continue;
      }
      long start = slicing.sliceStart(events.eventTimeMillis());
      int place = slices.find(start);
      if (place < 0) {
        place = -(place + 1);
        slices.insert(place, start, calls.zero());
      }
      calls.reduce(slices.buffers(place), event);
      isChanged = true;
      if (touched != null) {
        int mark = touched.find(start);
        if (mark < 0) {
          touched.insert(-(mark + 1), start, slices.buffers(place));
        }
      }
    }
    if (isChanged) {
      group.update(slices);
      if (touched != null) {
        emitTouched(key, touched, slices, group.lateWatermark(), rows);
      }
    }
  }

  @Override
  public boolean isCompletedAfterEvents() {
    return true;
  }

  @Override
  public void afterEvents(Object key, KeyedState<SliceBuffers> group, Rows<Object> rows) {
    if (!group.exists()) {
      return;
    }
    SliceBuffers slices = group.get();
    long watermark = group.watermark().millis();
    if (mode == OutputMode.APPEND) {
      emitClosed(key, slices, group, rows);
    }
    int done = 0;
    while (done < slices.size() && slicing.lastEnd(slices.start(done)) <= watermark) {
      done++;
    }
    if (done == slices.size()) {
      group.remove();
      return;
    }
    if (done > 0) {
      slices.removeFirst(done);
      group.update(slices);
    }
    // A timeout fires once the watermark has passed it, a window ends at its end.
    group.timeoutAt(due(slices.start(0), group.watermark()) - 1);
  }

  @Override
  public void onTimeout(Object key, KeyedState<SliceBuffers> group, Rows<Object> rows) {
    afterEvents(key, group, rows);
  }

  private long due(long sliceStart, Watermark passed) {
    return mode == OutputMode.APPEND
        ? slicing.end(slicing.firstWindowEndingAfter(passed.millis(), sliceStart))
        : slicing.lastEnd(sliceStart);
  }

  private void emitTouched(
      Object key, SliceBuffers touched, SliceBuffers slices, Watermark late, Rows<Object> rows) {
    WindowMerge merge = merge(slices);
    long next = Long.MIN_VALUE;
    for (int place = 0; place < touched.size(); place++) {
      long slice = touched.start(place);
      long window = Math.max(next, slicing.firstWindowEndingAfter(late.millis(), slice));
      for (; window <= slicing.lastWindow(slice); window += slicing.slide()) {
        Object[] merged = merge.merged(window, slicing.end(window));
        if (merged != null) {
          rows.emit(row(key, window, merged));
        }
      }
      next = window;
    }
  }

  private void emitClosed(
      Object key, SliceBuffers slices, KeyedState<SliceBuffers> group, Rows<Object> rows) {
    long watermark = group.watermark().millis();
    long before = group.lateWatermark().millis();
    WindowMerge merge = null;
    long next = Long.MIN_VALUE;
    for (int place = 0; place < slices.size(); place++) {
      long slice = slices.start(place);
      long window = Math.max(next, slicing.firstWindowEndingAfter(before, slice));
      if (slicing.end(window) > watermark) {
        return;
      }
      for (;
          window <= slicing.lastWindow(slice) && slicing.end(window) <= watermark;
          window += slicing.slide()) {
        if (merge == null) {
          merge = merge(slices);
        }
        Object[] merged = merge.merged(window, slicing.end(window));
        if (merged != null) {
          rows.emit(row(key, window, merged), Instant.ofEpochMilli(slicing.end(window) - 1));
        }
      }
      next = window;
    }
  }

  private WindowMerge merge(SliceBuffers slices) {
    return new WindowMerge(calls, slices.starts(), start -> slices.buffers(slices.find(start)));
  }

  private Object row(Object key, long start, Object[] buffers) {
    Instant end = Instant.ofEpochMilli(slicing.end(start));
    return code.rows().row(key, new Window(Instant.ofEpochMilli(start), end), buffers);
  }
}

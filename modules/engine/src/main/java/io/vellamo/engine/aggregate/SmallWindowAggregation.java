package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.engine.group.KeyedEvents;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.KeyedState;
import io.vellamo.engine.group.Rows;
import io.vellamo.engine.time.Watermark;

/**
 * An aggregation by windows of few slices with small buffers, which a group keeps together as its
 * state, with a timeout at the next time at which it has something to do.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class SmallWindowAggregation
    implements KeyedOperator<Object, Object, SliceBuffers, Object> {
  private final BufferCalls calls;
  private final Slicing slicing;
  private final WindowRows windows;
  private final OutputMode mode;

  /** Creates an aggregation. */
  public SmallWindowAggregation(AggregationCode code, TimeWindows time, OutputMode mode) {
    this.calls = new BufferCalls(code);
    this.slicing = Slicing.of(time);
    this.windows = new WindowRows(code, calls, slicing);
    this.mode = mode;
  }

  @Override
  public KeyedOperator<Object, Object, SliceBuffers, Object> inBatch() {
    return new WindowsInBatch<>(slicing, calls, windows);
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
      Object[] buffers = slices.buffersOf(start, calls::zero);
      calls.reduce(buffers, event);
      isChanged = true;
      if (touched != null) {
        touched.buffersOf(start, () -> buffers);
      }
    }
    if (isChanged) {
      group.update(slices);
      if (touched != null) {
        long late = group.lateWatermark().millis();
        windows.emit(
            key, touched.starts(), late, Long.MAX_VALUE, slices, (window, row) -> rows.emit(row));
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
    if (mode == OutputMode.APPEND) {
      emitClosed(key, group, rows);
    }
    removeClosed(group);
  }

  @Override
  public void afterEventsLeftOut(KeyedState<SliceBuffers> group) {
    if (group.exists()) {
      removeClosed(group);
    }
  }

  /** Removes the slices that are in closed windows only, and sets the timeout for the others. */
  private void removeClosed(KeyedState<SliceBuffers> group) {
    SliceBuffers slices = group.get();
    long watermark = group.watermark().millis();
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
  public boolean hasRowsOfState() {
    return true;
  }

  @Override
  public void rowsOf(Object key, KeyedState<SliceBuffers> group, Rows<Object> rows) {
    if (group.exists()) {
      windows.emitAfter(key, group.get(), group.watermark().millis(), rows::put);
    }
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

  private void emitClosed(Object key, KeyedState<SliceBuffers> group, Rows<Object> rows) {
    SliceBuffers slices = group.get();
    long watermark = group.watermark().millis();
    long before = group.lateWatermark().millis();
    if (slicing.end(slicing.firstWindowEndingAfter(before, slices.start(0))) <= watermark) {
      windows.emit(
          key,
          slices.starts(),
          before,
          watermark,
          slices,
          (window, row) -> rows.emit(row, windows.eventTime(window)));
    }
  }
}

package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Timers;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Window;
import io.vellamo.engine.group.KeyedEvents;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.KeyedState;
import io.vellamo.engine.group.Rows;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation by tumbling or sliding windows. A group keeps the buffers of its open slices, each
 * an entry of a map variable, and a timer at the next time at which it has something to do.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class WindowAggregation implements KeyedOperator<Object, Object, Object, Object> {
  private final AggregationCode code;
  private final BufferCalls calls;
  private final Slicing slicing;
  private final OutputMode mode;

  /** Creates an aggregation. */
  public WindowAggregation(AggregationCode code, TimeWindows windows, OutputMode mode) {
    this.code = code;
    this.calls = new BufferCalls(code);
    this.slicing = Slicing.of(windows);
    this.mode = mode;
  }

  @Override
  public KeyedOperator<Object, Object, Object, Object> inBatch() {
    return new InBatch(this);
  }

  @Override
  public void onEvents(
      Object key, KeyedEvents<Object> events, KeyedState<Object> group, Rows<Object> rows) {
    MapState<Long, Object[]> slices = group.variables().map(code.openSpans());
    SliceBuffers touched = new SliceBuffers();
    long firstNew = reduce(events, touched, start -> stored(slices, start));
    for (int place = 0; place < touched.size(); place++) {
      slices.put(touched.start(place), touched.buffers(place));
    }
    if (mode != OutputMode.COMPLETE && firstNew != Long.MAX_VALUE) {
      setTimer(group, dueOf(firstNew, group.lateWatermark()));
    }
    if (mode != OutputMode.APPEND && touched.size() > 0) {
      emitTouched(key, touched, slices, group, rows);
    }
  }

  private static Object @Nullable [] stored(MapState<Long, Object[]> slices, long start) {
    return slices.get(start).orElse(null);
  }

  /**
   * Adds events to their slices. Returns the start of the first slice that was not known before;
   * {@code Long.MAX_VALUE} if there is none.
   */
  private long reduce(
      KeyedEvents<Object> events, SliceBuffers touched, LongFunction<Object @Nullable []> known) {
    long firstNew = Long.MAX_VALUE;
    while (events.hasNext()) {
      Object event = events.next();
      if (!events.hasEventTime()) {
        continue;
      }
      long start = slicing.sliceStart(events.eventTimeMillis());
      int place = touched.find(start);
      if (place < 0) {
        Object[] buffers = known.apply(start);
        if (buffers == null) {
          buffers = calls.zero();
          firstNew = Math.min(firstNew, start);
        }
        place = -(place + 1);
        touched.insert(place, start, buffers);
      }
      calls.reduce(touched.buffers(place), event);
    }
    return firstNew;
  }

  /** Returns the time at which a slice first needs a call. */
  private long dueOf(long sliceStart, Watermark passed) {
    return mode == OutputMode.APPEND
        ? slicing.end(slicing.firstWindowEndingAfter(passed.millis(), sliceStart))
        : slicing.lastEnd(sliceStart);
  }

  private static void setTimer(KeyedState<Object> group, long due) {
    Timers timer = group.variables().timers(AggregationCode.END);
    Optional<Instant> time = timer.time();
    if (time.isEmpty() || time.get().toEpochMilli() > due) {
      timer.set(Instant.ofEpochMilli(due));
    }
  }

  private void emitTouched(
      Object key,
      SliceBuffers touched,
      MapState<Long, Object[]> slices,
      KeyedState<Object> group,
      Rows<Object> rows) {
    long closed = mode == OutputMode.COMPLETE ? Long.MIN_VALUE : group.lateWatermark().millis();
    long[] starts = starts(slices);
    WindowMerge merge = new WindowMerge(calls, starts, start -> slices.get(start).orElseThrow());
    long next = Long.MIN_VALUE;
    for (int place = 0; place < touched.size(); place++) {
      long slice = touched.start(place);
      long window = Math.max(next, slicing.firstWindowEndingAfter(closed, slice));
      long last = slicing.lastWindow(slice);
      for (; window <= last; window += slicing.slide()) {
        emit(key, window, merge, rows);
      }
      next = window;
    }
  }

  private void emit(Object key, long window, WindowMerge merge, Rows<Object> rows) {
    long end = slicing.end(window);
    Object[] merged = merge.merged(window, end);
    if (merged != null) {
      rows.emit(row(key, window, end, merged));
    }
  }

  private Object row(Object key, long start, long end, Object[] buffers) {
    Window window = new Window(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
    return code.rows().row(key, window, buffers);
  }

  @Override
  public void onTimer(Object key, Timer timer, KeyedState<Object> group, Rows<Object> rows) {
    MapState<Long, Object[]> slices = group.variables().map(code.openSpans());
    long[] starts = starts(slices);
    long watermark = group.watermark().millis();
    if (mode == OutputMode.APPEND) {
      emitClosed(key, starts, slices, group, rows);
    }
    int kept = 0;
    while (kept < starts.length && slicing.lastEnd(starts[kept]) <= watermark) {
      slices.remove(starts[kept]);
      kept++;
    }
    if (kept < starts.length) {
      setTimer(group, dueOf(starts[kept], group.watermark()));
    }
  }

  /** Emits the windows that the watermark has closed since the preceding epoch. */
  private void emitClosed(
      Object key,
      long[] starts,
      MapState<Long, Object[]> slices,
      KeyedState<Object> group,
      Rows<Object> rows) {
    long watermark = group.watermark().millis();
    long before = group.lateWatermark().millis();
    WindowMerge merge = new WindowMerge(calls, starts, start -> slices.get(start).orElseThrow());
    long next = Long.MIN_VALUE;
    for (long slice : starts) {
      long window = Math.max(next, slicing.firstWindowEndingAfter(before, slice));
      long last = slicing.lastWindow(slice);
      for (; window <= last && slicing.end(window) <= watermark; window += slicing.slide()) {
        long end = slicing.end(window);
        Object[] merged = merge.merged(window, end);
        if (merged != null) {
          rows.emit(row(key, window, end, merged), Instant.ofEpochMilli(end - 1));
        }
      }
      next = window;
    }
  }

  private static long[] starts(MapState<Long, Object[]> slices) {
    long[] starts = new long[slices.size()];
    int size = 0;
    for (Long start : slices.keys()) {
      starts[size++] = start;
    }
    Arrays.sort(starts);
    return starts;
  }

  @Override
  public void onTimeout(Object key, KeyedState<Object> group, Rows<Object> rows) {
    throw new AssertionError("the operator has no timeout");
  }

  /** The aggregation of all events of a group in one call. */
  private record InBatch(WindowAggregation windows)
      implements KeyedOperator<Object, Object, Object, Object> {
    @Override
    public boolean needsAllEvents() {
      return true;
    }

    @Override
    public void onEvents(
        Object key, KeyedEvents<Object> events, KeyedState<Object> group, Rows<Object> rows) {
      SliceBuffers slices = new SliceBuffers();
      windows.reduce(events, slices, start -> null);
      windows.emitAll(key, slices, rows);
    }

    @Override
    public void onTimeout(Object key, KeyedState<Object> group, Rows<Object> rows) {
      throw new AssertionError("nothing times out in a batch");
    }
  }

  private void emitAll(Object key, SliceBuffers slices, Rows<Object> rows) {
    long[] starts = new long[slices.size()];
    for (int place = 0; place < starts.length; place++) {
      starts[place] = slices.start(place);
    }
    WindowMerge merge = new WindowMerge(calls, starts, start -> slices.buffers(slices.find(start)));
    long next = Long.MIN_VALUE;
    for (long slice : starts) {
      long window = Math.max(next, slicing.firstWindow(slice));
      for (; window <= slicing.lastWindow(slice); window += slicing.slide()) {
        long end = slicing.end(window);
        Object[] merged = merge.merged(window, end);
        if (merged != null) {
          rows.emit(row(key, window, end, merged), Instant.ofEpochMilli(end - 1));
        }
      }
      next = window;
    }
  }
}

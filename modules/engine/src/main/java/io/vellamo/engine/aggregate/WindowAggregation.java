package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Timers;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.TimeWindows;
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
  private final WindowRows windows;
  private final OutputMode mode;

  /** Creates an aggregation. */
  public WindowAggregation(AggregationCode code, TimeWindows time, OutputMode mode) {
    this.code = code;
    this.calls = new BufferCalls(code);
    this.slicing = Slicing.of(time);
    this.windows = new WindowRows(code, calls, slicing);
    this.mode = mode;
  }

  @Override
  public KeyedOperator<Object, Object, Object, Object> inBatch() {
    return new WindowsInBatch<>(slicing, calls, windows);
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
    boolean isWhole = mode == OutputMode.COMPLETE;
    windows.emit(
        key,
        touched.starts(),
        isWhole ? Long.MIN_VALUE : group.lateWatermark().millis(),
        Long.MAX_VALUE,
        starts(slices),
        start -> slices.get(start).orElseThrow(),
        isWhole ? rows::put : (window, row) -> rows.emit(row));
  }

  @Override
  public boolean emitsWholeResult() {
    return mode == OutputMode.COMPLETE;
  }

  @Override
  public boolean hasRowsOfState() {
    return true;
  }

  @Override
  public void rowsOf(Object key, KeyedState<Object> group, Rows<Object> rows) {
    MapState<Long, Object[]> slices = group.variables().map(code.openSpans());
    SliceBuffers all = new SliceBuffers();
    for (long start : starts(slices)) {
      all.append(start, slices.get(start).orElseThrow());
    }
    long after = mode == OutputMode.COMPLETE ? Long.MIN_VALUE : group.watermark().millis();
    windows.emitAfter(key, all, after, rows::put);
  }

  @Override
  public void onTimer(Object key, Timer timer, KeyedState<Object> group, Rows<Object> rows) {
    if (mode == OutputMode.APPEND) {
      emitClosed(key, timer.time().toEpochMilli() - 1, group, rows);
    }
    removeClosed(group);
  }

  @Override
  public void onTimerLeftOut(Timer timer, KeyedState<Object> group) {
    removeClosed(group);
  }

  /** Removes the slices that are in closed windows only, and sets the timer for the others. */
  private void removeClosed(KeyedState<Object> group) {
    MapState<Long, Object[]> slices = group.variables().map(code.openSpans());
    long[] starts = starts(slices);
    long watermark = group.watermark().millis();
    int kept = 0;
    while (kept < starts.length && slicing.lastEnd(starts[kept]) <= watermark) {
      slices.remove(starts[kept]);
      kept++;
    }
    if (kept < starts.length) {
      setTimer(group, dueOf(starts[kept], group.watermark()));
    }
  }

  /**
   * Emits the windows that the watermark has closed, and that end after a time. The timer is the
   * end of the first window that has not been emitted, even if the group was parked meanwhile.
   */
  private void emitClosed(Object key, long before, KeyedState<Object> group, Rows<Object> rows) {
    MapState<Long, Object[]> slices = group.variables().map(code.openSpans());
    long[] starts = starts(slices);
    windows.emit(
        key,
        starts,
        before,
        group.watermark().millis(),
        starts,
        start -> slices.get(start).orElseThrow(),
        (window, row) -> rows.emit(row, windows.eventTime(window)));
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
}

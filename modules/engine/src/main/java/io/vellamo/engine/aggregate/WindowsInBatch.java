package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.engine.group.KeyedEvents;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.KeyedState;
import io.vellamo.engine.group.Rows;

/** The aggregation by windows of all events of a group in one call. */
record WindowsInBatch<S>(Slicing slicing, BufferCalls calls, WindowRows windows)
    implements KeyedOperator<Object, Object, S, Object> {
  @Override
  public boolean needsAllEvents() {
    return true;
  }

  @Override
  public void onEvents(
      Object key, KeyedEvents<Object> events, KeyedState<S> group, Rows<Object> rows) {
    SliceBuffers slices = new SliceBuffers();
    while (events.hasNext()) {
      Object event = events.next();
      if (events.hasEventTime()) {
        long start = slicing.sliceStart(events.eventTimeMillis());
        calls.reduce(slices.buffersOf(start, calls::zero), event);
      }
    }
    windows.emitAll(key, slices, (window, row) -> rows.emit(row, windows.eventTime(window)));
  }

  @Override
  public void onTimeout(Object key, KeyedState<S> group, Rows<Object> rows) {
    throw new AssertionError("nothing times out in a batch");
  }
}

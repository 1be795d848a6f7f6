package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.engine.group.KeyedEvents;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.KeyedState;
import io.vellamo.engine.group.Rows;

/**
 * An aggregation of groups without windows, whose state is the buffers.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class ValueAggregation implements KeyedOperator<Object, Object, Object[], Object> {
  private final AggregationCode code;
  private final BufferCalls calls;

  /** Creates an aggregation. */
  public ValueAggregation(AggregationCode code) {
    this.code = code;
    this.calls = new BufferCalls(code);
  }

  @Override
  public void onEvents(
      Object key, KeyedEvents<Object> events, KeyedState<Object[]> group, Rows<Object> rows) {
    Object[] buffers = group.exists() ? group.get() : calls.zero();
    while (events.hasNext()) {
      calls.reduce(buffers, events.next());
    }
    group.update(buffers);
    rows.emit(code.rows().row(key, null, buffers));
  }

  @Override
  public KeyedOperator<Object, Object, Object[], Object> inBatch() {
    return new InBatch(this);
  }

  @Override
  public void onTimeout(Object key, KeyedState<Object[]> group, Rows<Object> rows) {
    throw new AssertionError("the operator has no timeout");
  }

  /** The aggregation of all events of a group in one call. */
  private record InBatch(ValueAggregation values)
      implements KeyedOperator<Object, Object, Object[], Object> {
    @Override
    public boolean needsAllEvents() {
      return true;
    }

    @Override
    public void onEvents(
        Object key, KeyedEvents<Object> events, KeyedState<Object[]> group, Rows<Object> rows) {
      values.onEvents(key, events, group, rows);
    }

    @Override
    public void onTimeout(Object key, KeyedState<Object[]> group, Rows<Object> rows) {
      throw new AssertionError("nothing times out in a batch");
    }
  }
}

package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.query.OutputMode;
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
  private static final long ONLY_ROW = 0;

  private final AggregationCode code;
  private final BufferCalls calls;
  private final OutputMode mode;

  /** Creates an aggregation. */
  public ValueAggregation(AggregationCode code, OutputMode mode) {
    this.code = code;
    this.calls = new BufferCalls(code);
    this.mode = mode;
  }

  @Override
  public void onEvents(
      Object key, KeyedEvents<Object> events, KeyedState<Object[]> group, Rows<Object> rows) {
    Object row = reduce(key, events, group);
    if (mode == OutputMode.COMPLETE) {
      rows.put(ONLY_ROW, row);
    } else {
      rows.emit(row);
    }
  }

  private Object reduce(Object key, KeyedEvents<Object> events, KeyedState<Object[]> group) {
    Object[] buffers = group.exists() ? group.get() : calls.zero();
    while (events.hasNext()) {
      calls.reduce(buffers, events.next());
    }
    group.update(buffers);
    return code.rows().row(key, null, buffers);
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
  public void rowsOf(Object key, KeyedState<Object[]> group, Rows<Object> rows) {
    if (group.exists()) {
      rows.put(ONLY_ROW, code.rows().row(key, null, group.get()));
    }
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
      rows.emit(values.reduce(key, events, group));
    }

    @Override
    public void onTimeout(Object key, KeyedState<Object[]> group, Rows<Object> rows) {
      throw new AssertionError("nothing times out in a batch");
    }
  }
}

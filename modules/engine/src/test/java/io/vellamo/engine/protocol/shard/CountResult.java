package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.group.KeyedEvents;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.KeyedState;
import io.vellamo.engine.group.Rows;

/**
 * An operator that counts events and emits the whole result in every epoch. It throws at the event
 * "bad".
 */
final class CountResult implements KeyedOperator<Object, String, Integer, String> {
  /** True if a call for its rows throws. */
  boolean rowsFail;

  /** The number of rows of each group in the whole result. */
  int places = 1;

  @Override
  public boolean emitsWholeResult() {
    return true;
  }

  @Override
  public void onEvents(
      Object key, KeyedEvents<String> events, KeyedState<Integer> group, Rows<String> rows) {
    int count = group.optional().orElse(0);
    while (events.hasNext()) {
      if (events.next().equals("bad")) {
        throw new IllegalStateException("bad event");
      }
      count++;
    }
    group.update(count);
    rows.put(0, key + "=" + count);
  }

  @Override
  public void rowsOf(Object key, KeyedState<Integer> group, Rows<String> rows) {
    if (rowsFail) {
      throw new IllegalStateException("bad rows");
    }
    for (int place = 0; place < places; place++) {
      rows.put(place, key + "=" + group.get());
    }
  }

  @Override
  public void onTimeout(Object key, KeyedState<Integer> group, Rows<String> rows) {
    throw new AssertionError("the operator has no timeout");
  }
}

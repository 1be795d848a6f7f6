package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.Row;
import io.vellamo.benchmarks.workload.TimedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The function of W1 and W3. It adds events to a key's open sessions or windows and emits those
 * that the watermark closes. The timeout is the time at which the first one closes.
 *
 * @param <S> the states
 */
public final class CloseInTime<S extends TimedState<S>>
    implements FlatMapGroupsWithStateFunction<Long, Event, S, Row> {
  private final TimedState.Adding<S> adding;

  /** Creates the function of a kind of state. */
  public CloseInTime(TimedState.Adding<S> adding) {
    this.adding = adding;
  }

  @Override
  public Iterator<Row> call(Long key, Iterator<Event> events, GroupState<S> state) {
    S open = state.exists() ? state.get() : null;
    while (events.hasNext()) {
      open = adding.add(open, events.next());
    }
    long watermark = state.currentWatermark().toEpochMilli();
    List<Row> rows = new ArrayList<>();
    while (open != null && open.isClosed(watermark)) {
      rows.add(open.row(key));
      open = open.later();
    }
    if (open == null) {
      state.remove();
    } else {
      state.update(open);
      state.setTimeoutTimestamp(Instant.ofEpochMilli(open.dueMillis()));
    }
    return rows.iterator();
  }
}

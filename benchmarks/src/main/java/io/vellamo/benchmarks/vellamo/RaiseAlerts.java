package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.benchmarks.workload.AlertState;
import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The function of W2. It emits a row for each event that raises an alert. */
public final class RaiseAlerts
    implements FlatMapGroupsWithStateFunction<Long, Event, AlertState, Row> {
  @Override
  public Iterator<Row> call(Long key, Iterator<Event> events, GroupState<AlertState> state) {
    AlertState current = state.exists() ? state.get() : AlertState.NONE;
    List<Row> rows = new ArrayList<>();
    while (events.hasNext()) {
      Event event = events.next();
      AlertState after = current.after(event.value());
      if (current.isRaisedBy(event.value())) {
        rows.add(after.row(event));
      }
      current = after;
    }
    state.update(current);
    return rows.iterator();
  }
}

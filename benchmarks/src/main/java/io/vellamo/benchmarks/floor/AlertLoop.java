package io.vellamo.benchmarks.floor;

import io.vellamo.benchmarks.workload.AlertState;
import io.vellamo.benchmarks.workload.Event;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** W2 as a plain loop. */
final class AlertLoop implements KeyedLoop {
  private final Map<Long, AlertState> states = new HashMap<>();

  @Override
  public void event(Event event, LoopOutput out) throws IOException {
    AlertState before = states.getOrDefault(event.key(), AlertState.NONE);
    AlertState after = before.after(event.value());
    states.put(event.key(), after);
    out.state(event.key(), after);
    if (before.isRaisedBy(event.value())) {
      out.row(after.row(event));
    }
  }

  @Override
  public void end(LoopOutput out) {}
}

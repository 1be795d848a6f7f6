package io.vellamo.benchmarks.floor;

import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.TimedState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * W1 or W3 as a plain loop.
 *
 * @param <S> the states
 */
final class TimedLoop<S extends TimedState<S>> implements KeyedLoop {
  private final TimedState.Adding<S> adding;
  private final Map<Long, S> states = new HashMap<>();
  private final DueKeys due = new DueKeys();

  TimedLoop(TimedState.Adding<S> adding) {
    this.adding = adding;
  }

  @Override
  public void event(Event event, LoopOutput out) throws IOException {
    S before = states.get(event.key());
    S after = adding.add(before, event);
    states.put(event.key(), after);
    out.state(event.key(), after);
    if (before == null) {
      due.add(after.dueMillis(), event.key());
    }
    due.advance(event.timeMillis());
    close(out);
  }

  @Override
  public void end(LoopOutput out) throws IOException {
    due.end();
    close(out);
  }

  private void close(LoopOutput out) throws IOException {
    while (due.isAnyDue()) {
      long key = due.remove();
      S open = states.get(key);
      while (open != null && open.isClosed(due.watermark())) {
        out.row(open.row(key));
        open = open.later();
      }
      if (open == null) {
        states.remove(key);
      } else {
        states.put(key, open);
        due.add(open.dueMillis(), key);
      }
      out.state(key, open);
    }
  }
}

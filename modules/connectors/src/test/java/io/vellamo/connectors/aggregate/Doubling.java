package io.vellamo.connectors.aggregate;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import java.util.Iterator;

/** A processor that emits each event twice, at its event time. */
final class Doubling implements GroupProcessor<String, Reading, Reading> {
  @Override
  public void declare(Declarations declarations) {
    // Needs no state.
  }

  @Override
  public void onEvents(String key, Iterator<Reading> events, GroupContext<Reading> group) {
    while (events.hasNext()) {
      Reading event = events.next();
      group.emit(event, event.time());
      group.emit(event, event.time());
    }
  }
}

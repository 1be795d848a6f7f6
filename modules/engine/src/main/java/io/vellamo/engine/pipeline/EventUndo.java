package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventCounts;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the event on its way has come to, to be taken back if a stage throws for it: a {@code
 * flatMap} may have made other events of it before.
 *
 * <p>Its event time stays seen. A watermark that moves by an event that is left out is no other
 * than one that moves by an event that is filtered out.
 */
final class EventUndo {
  private final List<?> rows;
  private final List<OperatorDoor> doors;
  private EventCounts counts = EventCounts.NONE;
  private int rowsBefore;

  /** Creates the undo of events that become rows, or pass doors. */
  EventUndo(List<?> rows, @Nullable OperatorDoor[] doors) {
    this.rows = rows;
    this.doors = Stream.of(doors).flatMap(Stream::ofNullable).toList();
  }

  /** Begins with the next event. */
  void begin(EventContext context) {
    counts = context.counts();
    rowsBefore = rows.size();
    doors.forEach(OperatorDoor::begin);
  }

  /** Takes back what the event has come to. */
  void undo(EventContext context) {
    rows.subList(rowsBefore, rows.size()).clear();
    doors.forEach(OperatorDoor::undo);
    context.resetCounts(counts);
  }
}

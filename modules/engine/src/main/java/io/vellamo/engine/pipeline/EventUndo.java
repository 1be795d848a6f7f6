package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventCounts;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The undo of the current event's effects if a stage throws for it: a {@code flatMap} may already
 * have passed on other events made from it.
 *
 * <p>Its event time still moves the watermark, like that of an event that a filter drops.
 */
final class EventUndo {
  private final List<?> rows;
  private final List<OperatorDoor> doors;
  private EventCounts counts = EventCounts.NONE;
  private int rowsBefore;

  /** Creates the undo for events that are added to rows or pass doors. */
  EventUndo(List<?> rows, @Nullable OperatorDoor[] doors) {
    this.rows = rows;
    this.doors = Stream.of(doors).flatMap(Stream::ofNullable).toList();
  }

  /** Begins the next event. */
  void begin(EventContext context) {
    counts = context.counts();
    rowsBefore = rows.size();
    doors.forEach(OperatorDoor::begin);
  }

  /** Removes the effects of the current event. */
  void undo(EventContext context) {
    rows.subList(rowsBefore, rows.size()).clear();
    doors.forEach(OperatorDoor::undo);
    context.resetCounts(counts);
  }
}

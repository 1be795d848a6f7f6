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
  private final List<GroupByKeyStep> groupSteps;
  private EventCounts counts = EventCounts.NONE;
  private int rowsBefore;

  /** Creates the undo for events that are added to rows or to the input of an operator. */
  EventUndo(List<?> rows, @Nullable GroupByKeyStep[] groupSteps) {
    this.rows = rows;
    this.groupSteps = Stream.of(groupSteps).flatMap(Stream::ofNullable).toList();
  }

  /** Begins the next event. */
  void begin(EventContext context) {
    counts = context.counts();
    rowsBefore = rows.size();
    groupSteps.forEach(GroupByKeyStep::begin);
  }

  /** Removes the effects of the current event. */
  void undo(EventContext context) {
    rows.subList(rowsBefore, rows.size()).clear();
    groupSteps.forEach(GroupByKeyStep::undo);
    context.resetCounts(counts);
  }
}

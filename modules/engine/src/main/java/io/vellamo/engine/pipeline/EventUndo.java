package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.group.GroupBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * What the event on its way has come to, to be taken back if a stage throws for it: a {@code
 * flatMap} may have made other events of it before.
 *
 * <p>Its event time stays seen. A watermark that moves by an event that is left out is no other
 * than one that moves by an event that is filtered out.
 */
final class EventUndo {
  private final List<?> rows;
  private final List<?> lateEvents;
  private final List<GroupBatch<Object>> touched = new ArrayList<>();
  private EventCounts counts = EventCounts.NONE;
  private int rowsBefore;
  private int lateBefore;

  /** Creates the undo of events that become elements of these lists. */
  EventUndo(List<?> rows, List<?> lateEvents) {
    this.rows = rows;
    this.lateEvents = lateEvents;
  }

  /** Begins with the next event. */
  void begin(EventContext context) {
    touched.clear();
    counts = context.counts();
    rowsBefore = rows.size();
    lateBefore = lateEvents.size();
  }

  /** Notes that an event was added to a batch. */
  void added(GroupBatch<Object> batch) {
    touched.add(batch);
  }

  /** Takes back what the event has come to. */
  void undo(EventContext context) {
    touched.forEach(GroupBatch::removeLast);
    rows.subList(rowsBefore, rows.size()).clear();
    lateEvents.subList(lateBefore, lateEvents.size()).clear();
    context.resetCounts(counts);
  }
}

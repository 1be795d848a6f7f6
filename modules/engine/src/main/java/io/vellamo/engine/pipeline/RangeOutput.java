package io.vellamo.engine.pipeline;

import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import java.util.List;
import java.util.Map;

/**
 * The output of a range of an epoch before any group is called.
 *
 * @param range the index of the range in the epoch's plan
 * @param rows the rows that go from the source to the sink
 * @param deadLetters source entries that can't be read, and events for which a stage threw
 * @param lateEvents the late events at each operator that had any, by the operator's index; none
 *     unless the query has a late output
 */
public record RangeOutput(
    int range,
    List<Object> rows,
    List<DeadLetter> deadLetters,
    Map<Integer, List<LateEvent>> lateEvents) {
  /** Copies the lists and the map. */
  public RangeOutput {
    rows = List.copyOf(rows);
    deadLetters = List.copyOf(deadLetters);
    lateEvents = Map.copyOf(lateEvents);
  }

  /** Returns whether the range adds nothing. */
  public boolean isEmpty() {
    return rows.isEmpty() && deadLetters.isEmpty() && lateEvents.isEmpty();
  }
}

package io.vellamo.engine.pipeline;

import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.TimedRow;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages that an operator's rows pass on their way to the sink.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class RowChain {
  private final List<Object> out = new ArrayList<>();
  private final EventContext context = new EventContext();
  private final StageChain.Step first;
  private final boolean isEmpty;

  /**
   * Creates the chain of an operator's rows.
   *
   * @param copies keeps rows from what users' functions do with them
   */
  public RowChain(CompiledOperator operator, EventCopies copies) {
    this.isEmpty = operator.rows().stages().isEmpty() && !operator.keepsEventTime();
    this.first = StageChain.compile(operator.rows(), copies, (row, ctx) -> out.add(row));
  }

  /**
   * Returns what the stages make of rows, in order.
   *
   * @throws RowFailure if a user's function throws
   */
  public List<Object> apply(List<Object> rows) {
    if (isEmpty) {
      return rows;
    }
    out.clear();
    for (Object row : rows) {
      TimedRow timed = TimedRow.of(row);
      context.begin(GroupBatch.NO_RANGE, 0, timed.eventTime());
      try {
        first.push(timed.row(), context);
      } catch (Exception | Error e) {
        FunctionFailures.throwIfOfTheMachine(e);
        throw new RowFailure(context.step(), e);
      }
    }
    return List.copyOf(out);
  }
}

package io.vellamo.engine.pipeline;

import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.TimedRow;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages between an operator and the sink.
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
   * @param copies protects rows from modification by user functions
   */
  public RowChain(CompiledOperator operator, EventCopies copies) {
    this.isEmpty = operator.rows().stages().isEmpty() && !operator.keepsEventTime();
    this.first = StageChain.compile(operator.rows(), copies, (row, ctx) -> out.add(row));
  }

  /** Returns the chains of a query's operators, by their places. */
  public static List<RowChain> of(PreparedQuery query) {
    EventCopies copies = query.eventCopies();
    return query.compiled().operators().stream()
        .map(operator -> new RowChain(operator, copies))
        .toList();
  }

  /**
   * Returns the results of the stages for the given rows, in order.
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

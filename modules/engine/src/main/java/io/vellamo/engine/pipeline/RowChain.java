package io.vellamo.engine.pipeline;

import io.vellamo.api.plan.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages that an operator's rows pass on their way to the sink.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class RowChain {
  private final List<Object> out = new ArrayList<>();
  private final EventContext context = new EventContext(Long.MAX_VALUE);
  private final StageChain.Step first;
  private final boolean isEmpty;

  /** Creates the chain of some stages. */
  public RowChain(List<Stage> stages) {
    this.isEmpty = stages.isEmpty();
    this.first = StageChain.compile(stages, (row, ctx) -> out.add(row));
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
      context.begin(0, 0);
      try {
        first.push(row, context);
      } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
        throw new RowFailure(context.step(), e);
      }
    }
    return List.copyOf(out);
  }
}

package io.vellamo.engine.pipeline;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;

/**
 * A stateful operator of a compiled query.
 *
 * @param stage the operator and its key
 * @param hasWatermark whether a watermark is upstream, so that events have an event time
 * @param keepsEventTime whether its rows are events that it passes on with their event times
 * @param rows the route of its rows
 */
public record CompiledOperator(
    Stage.Group stage, boolean hasWatermark, boolean keepsEventTime, Route rows) {
  /** Returns the operator. */
  public StatefulOperator operator() {
    return stage.operator();
  }

  /** Returns the clock of its timeouts. */
  public GroupStateTimeout timeout() {
    return operator().timeout();
  }

  /**
   * Returns whether late events are dropped before they reach it: only if it depends on event time.
   */
  public boolean dropsLate() {
    return timeout() == GroupStateTimeout.EVENT_TIME || (keepsEventTime && hasWatermark);
  }
}

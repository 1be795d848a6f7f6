package io.vellamo.engine.pipeline;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.plan.StatefulOperator;

/**
 * A stateful operator in its place in a query.
 *
 * @param stage the operator and its key
 * @param hasWatermark whether events have an event time when they reach it
 * @param keepsEventTime whether its rows have the event time of the events they are
 * @param rows the way of its rows
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

  /** Returns whether late events are dropped in front of it; without a need for it, none are. */
  public boolean dropsLate() {
    return timeout() == GroupStateTimeout.EVENT_TIME || (keepsEventTime && hasWatermark);
  }
}

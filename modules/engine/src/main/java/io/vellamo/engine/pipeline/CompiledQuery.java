package io.vellamo.engine.pipeline;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * A query's stages, divided by its stateful operators.
 *
 * @param inputs the route of each source's events
 * @param operators the stateful operators, upstream ones first
 * @param hasLateOutput whether late events are kept, not just counted
 */
public record CompiledQuery(
    List<Route> inputs, List<CompiledOperator> operators, boolean hasLateOutput) {
  /** Copies the lists. */
  public CompiledQuery {
    inputs = List.copyOf(inputs);
    operators = List.copyOf(operators);
  }

  /** Returns the compiled form of a plan. */
  public static CompiledQuery of(QueryPlan plan) {
    return QueryCompiler.compile(plan.upstream(), plan.lateEvents().isPresent());
  }

  /** Returns the strategies of the watermarks that determine the query's watermark, by number. */
  public List<WatermarkStrategy> watermarks() {
    List<WatermarkStrategy> strategies = new ArrayList<>();
    inputs.forEach(route -> add(route, strategies));
    for (CompiledOperator operator : operators) {
      if (!operator.rows().leadsToSink()) {
        add(operator.rows(), strategies);
      }
    }
    return strategies;
  }

  /** Returns the mode of the rows that go to the sink. */
  public OutputMode outputMode() {
    OutputMode mode = OutputMode.APPEND;
    for (CompiledOperator operator : operators) {
      OutputMode other = operator.operator().mode();
      if (operator.rows().leadsToSink() && other.compareTo(mode) > 0) {
        mode = other;
      }
    }
    return mode;
  }

  private static void add(Route route, List<WatermarkStrategy> strategies) {
    for (Stage.EventTime stage : route.watermarks()) {
      strategies.add(stage.strategy());
    }
  }

  /** Returns whether an operator compares event times with the watermark. */
  public boolean usesEventTime() {
    return operators.stream().anyMatch(CompiledOperator::dropsLate);
  }
}

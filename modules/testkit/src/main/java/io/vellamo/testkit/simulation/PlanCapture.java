package io.vellamo.testkit.simulation;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.StreamingQuery;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A runtime that takes the plan of a query instead of starting it. */
final class PlanCapture implements QueryStarter {
  private static final class Captured extends RuntimeException {
    private static final long serialVersionUID = 1;

    Captured() {
      super("captured", null, false, false);
    }
  }

  private @Nullable QueryPlan plan;

  /** Returns the plan of a query. */
  static QueryPlan of(String name, Function<QueryStart, QueryBuilder> query) {
    PlanCapture capture = new PlanCapture();
    return capture.plan(query.apply(QueryStart.of(name, capture)));
  }

  /** Returns the plan of a query that was begun with this runtime. */
  QueryPlan plan(QueryBuilder query) {
    try {
      query.start();
    } catch (Captured e) {
      // By start.
    }
    return requireNonNull(plan, "plan");
  }

  @Override
  public StreamingQuery start(QueryPlan known) {
    plan = known;
    throw new Captured();
  }
}

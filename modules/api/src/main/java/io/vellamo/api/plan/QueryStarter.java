package io.vellamo.api.plan;

import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.StreamingQuery;

/**
 * A runtime, as far as a pipeline needs it.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface QueryStarter {
  /**
   * Starts a query.
   *
   * @param plan what to run
   * @return the running query
   */
  StreamingQuery start(QueryPlan plan);

  /**
   * Runs a query once over all input that is there.
   *
   * @param plan what to run, with a trigger that ends
   * @return what was done
   * @throws InterruptedException if the thread is interrupted
   * @throws UnsupportedOperationException if the runtime runs no batches
   */
  default BatchReport runBatch(QueryPlan plan) throws InterruptedException {
    throw new UnsupportedOperationException(
        "The runtime of query [%s] runs no batches; call start() with Trigger.availableNow()"
            .formatted(plan.name()));
  }
}

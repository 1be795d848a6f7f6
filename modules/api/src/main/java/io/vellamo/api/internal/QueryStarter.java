package io.vellamo.api.internal;

import io.vellamo.api.QueryRuntime;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.StreamingQuery;

/**
 * The part of a runtime that a pipeline uses. Every {@link QueryRuntime} is one; only this package
 * knows the form in which it receives a query.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface QueryStarter extends QueryRuntime {
  /**
   * Starts a query.
   *
   * @param plan the query to run
   * @return the running query
   */
  StreamingQuery start(QueryPlan plan);

  /**
   * Runs a query once over all available input.
   *
   * @param plan the query to run, with a trigger that ends
   * @return the report of the batch
   * @throws InterruptedException if the thread is interrupted
   * @throws UnsupportedOperationException if the runtime does not support batches
   */
  default BatchReport runBatch(QueryPlan plan) throws InterruptedException {
    throw new UnsupportedOperationException(
        "The runtime of query [%s] runs no batches; call start() with Trigger.availableNow()"
            .formatted(plan.name()));
  }
}

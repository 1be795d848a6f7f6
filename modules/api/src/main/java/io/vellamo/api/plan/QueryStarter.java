package io.vellamo.api.plan;

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
}

package io.vellamo.engine.io;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.PreparedQuery;

/**
 * The rules by which the events of a query's epochs are routed.
 *
 * @param query the query
 * @param shards the number of shards of each operator
 * @param errorPolicy the handling of events for which a stage throws
 * @param keepsEvents whether groups need each event, because it may be kept in the journal;
 *     otherwise events of an aggregation may be reduced before they reach their groups
 */
record Routing(PreparedQuery query, int shards, ErrorPolicy errorPolicy, boolean keepsEvents) {
  /** Keeps events also if the error policy may need one by itself. */
  Routing {
    keepsEvents = keepsEvents || !errorPolicy.equals(ErrorPolicy.fail());
  }

  /** Creates the router of an epoch. */
  EpochRouter router(EpochPlan plan) {
    return new EpochRouter(
        query.compiled(),
        query.keyCodecs(),
        shards,
        plan,
        errorPolicy,
        query.eventCopies(),
        keepsEvents);
  }
}

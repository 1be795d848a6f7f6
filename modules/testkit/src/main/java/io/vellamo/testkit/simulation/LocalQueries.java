package io.vellamo.testkit.simulation;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.engine.epoch.EpochInterval;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.HotKeyOptions;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.engine.protocol.query.ShardRestarts;
import io.vellamo.persistence.codec.QueryCodecs;
import java.time.Duration;
import java.util.UUID;

/** The preparation of queries for local runs. */
final class LocalQueries {
  private static final long MOST_EVENTS = 1_000;
  private static final int SINK_RANGES = 2;
  private static final ShardRestarts RESTARTS = new ShardRestarts(10, 200, 60_000);

  private static final Duration INTERVAL = Duration.ofMillis(5);

  private static final RetryPolicy RETRY =
      RetryPolicy.of(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofMinutes(1));

  private LocalQueries() {}

  static LocalQuery of(
      QueryPlan plan, QueryClock clock, int shards, JournalLimits limits, int callsAtOnce) {
    QueryPlan retrying = plan.retry().isPresent() ? plan : plan.withRetry(RETRY);
    PreparedQuery prepared = QueryCodecs.prepare(retrying, LocalQueries.class.getClassLoader());
    return new LocalQuery(prepared, clock, shards, limits, callsAtOnce);
  }

  /** Returns what a run has to know of the query. */
  static QuerySetup setup(LocalQuery query, UUID runId) {
    QueryPlan plan = query.prepared().plan();
    EpochSize size =
        EpochSize.fixed(
            plan.maxEventsPerEpoch().orElse(MOST_EVENTS), plan.upstream().sources().size());
    return QuerySetup.of(
        query.prepared(),
        new UUID(0, 0),
        runId,
        query.shards(),
        SINK_RANGES,
        size,
        EpochInterval.of(INTERVAL),
        RESTARTS,
        HotKeyOptions.NONE);
  }
}

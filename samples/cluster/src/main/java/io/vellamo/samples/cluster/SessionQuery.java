package io.vellamo.samples.cluster;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
import java.time.Duration;

/** The query, which is the same on each node of the cluster and on the one that checks it. */
final class SessionQuery {
  static final String NAME = "cluster_sessions";

  private static final int EVENTS_PER_EPOCH = 10_000;

  private SessionQuery() {}

  static QueryBuilder define(Vellamo vellamo, LoopingSource visits, RowSink<VisitSession> sink) {
    return vellamo
        .query(NAME)
        .from(visits)
        .withWatermark(LoopedVisit::time, Duration.ZERO)
        .groupByKey(LoopedVisit::user, String.class)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            OpenVisitSession.class,
            new FindVisitSessions())
        .to(sink)
        .maxEventsPerEpoch(EVENTS_PER_EPOCH);
  }
}

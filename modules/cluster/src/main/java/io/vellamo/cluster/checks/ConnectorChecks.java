package io.vellamo.cluster.checks;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.EventSource;
import java.util.ArrayList;
import java.util.List;

/** The check that all nodes can use the sources and sinks of a query. */
final class ConnectorChecks {
  private final QueryPlan plan;
  private final List<String> limits = new ArrayList<>();

  private ConnectorChecks(QueryPlan plan) {
    this.plan = plan;
  }

  /**
   * Returns a sentence for each source and sink that needs one node: which one it is, and why. The
   * sinks of dead letters and late events count too.
   */
  static List<String> limits(QueryPlan plan) {
    ConnectorChecks checks = new ConnectorChecks(plan);
    for (EventSource<?> source : plan.upstream().sources()) {
      checks.add("Source", source.description(), source.nodeAccess());
    }
    checks.add("Sink", plan.sink());
    plan.deadLetters().ifPresent(sink -> checks.add("Sink of dead letters", sink));
    plan.lateEvents().ifPresent(sink -> checks.add("Sink of late events", sink));
    return checks.limits;
  }

  private void add(String noun, RowSink<?> sink) {
    add(noun, sink.description(), sink.nodeAccess());
  }

  private void add(String noun, String description, NodeAccess access) {
    if (!access.isShared()) {
      limits.add(
          "%s [%s] of query [%s] must be one that every node can use: %s"
              .formatted(noun, description, plan.name(), access.limit()));
    }
  }
}

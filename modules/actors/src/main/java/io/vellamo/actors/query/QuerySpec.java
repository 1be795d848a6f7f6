package io.vellamo.actors.query;

import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.OperatorNumbers;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.engine.shard.InitialGroups;
import java.util.List;
import java.util.UUID;

/**
 * A query with everything that its actors need to run it.
 *
 * @param query the query
 * @param clock its processing time
 * @param settings the configuration
 */
public record QuerySpec(PreparedQuery query, QueryClock clock, VellamoSettings settings) {
  public String name() {
    return query.name();
  }

  public QueryPlan plan() {
    return query.plan();
  }

  public List<GroupOperator<?, ?, ?, ?>> operators() {
    return query.operators();
  }

  public ValueCodec eventCodec() {
    return query.eventCodec();
  }

  public OperatorNumbers operatorNumbers(List<CreatedOperator> known) {
    return query.operatorNumbers(known);
  }

  public List<String> operatorNames() {
    return query.operatorNames();
  }

  public String sinkDescription() {
    return query.sinkDescription();
  }

  public List<InitialGroups> initialStates(int shards) {
    return query.initialStates(shards);
  }

  /** Returns what the machine of a run has to know of the query. */
  QuerySetup setup(UUID runId) {
    return QuerySetup.of(
        query,
        UUID.randomUUID(),
        runId,
        settings.shards(),
        settings.sinkRanges(),
        query.epochSize(settings.maxEventsPerEpoch(), Runtime.getRuntime().maxMemory()),
        settings.shardRestarts());
  }
}

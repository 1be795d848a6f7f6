package io.vellamo.actors;

import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.OperatorNumbers;
import io.vellamo.engine.pipeline.CompiledQuery;
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
record QuerySpec(PreparedQuery query, QueryClock clock, VellamoSettings settings) {
  String name() {
    return query.name();
  }

  QueryPlan plan() {
    return query.plan();
  }

  CompiledQuery compiled() {
    return query.compiled();
  }

  List<GroupOperator<?, ?, ?, ?>> operators() {
    return query.operators();
  }

  ValueCodec eventCodec() {
    return query.eventCodec();
  }

  PreparedQuery.Names names() {
    return query.names();
  }

  OperatorNumbers operatorNumbers(List<CreatedOperator> known) {
    return query.operatorNumbers(known);
  }

  String stateShape() {
    return query.stateShape();
  }

  List<String> operatorNames() {
    return query.operatorNames();
  }

  List<KeyCodec> keyCodecs() {
    return query.keyCodecs();
  }

  EventCopies eventCopies() {
    return query.eventCopies();
  }

  String sourceDescription() {
    return query.sourceDescription();
  }

  String sinkDescription() {
    return query.sinkDescription();
  }

  List<String> watermarkNames() {
    return query.watermarkNames();
  }

  boolean hasInitialState() {
    return query.hasInitialState();
  }

  List<InitialGroups> initialStates(int shards) {
    return query.initialStates(shards);
  }

  /** Returns what the machine of a run has to know of the query. */
  QuerySetup setup(UUID runId) {
    return QuerySetup.of(
        query,
        UUID.randomUUID(),
        runId,
        settings.shards(),
        query.epochSize(settings.maxEventsPerEpoch(), Runtime.getRuntime().maxMemory()),
        settings.shardRestarts());
  }
}

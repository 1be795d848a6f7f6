package io.vellamo.actors.query;

import io.vellamo.actors.calls.FunctionCalls;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.actors.shard.ShardConfig;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.epoch.EpochInterval;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.OperatorNumbers;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.HotKeyOptions;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.journal.PersistenceIds;
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
        // A clock that is moved by hand would not end a pause.
        plan().clock().isPresent()
            ? EpochInterval.none()
            : EpochInterval.of(settings.minEpochInterval()),
        settings.shardRestarts(),
        new HotKeyOptions(settings.hotKeys(), query.keyCodecs()));
  }

  /**
   * Returns the configuration of a shard.
   *
   * @param created the shards and operators, as the journal has them
   * @param index the number of the shard among all shards of the query
   * @param functions where functions are called
   */
  public ShardConfig shardConfig(QueryCreated created, int index, FunctionCalls functions) {
    int shards = created.shards();
    int place = index / shards;
    OperatorNumbers numbers = operatorNumbers(created.operators());
    GroupOperator<?, ?, ?, ?> operator =
        operators().get(place).numbered(numbers.variablesOfPlace(place));
    return new ShardConfig(
        new ShardSpec(
            name(),
            index,
            shards * operators().size(),
            operator,
            operatorNames().get(place),
            eventCodec(),
            new JsonForms(operator.stateCodec().layouts())::textOfKey,
            plan().errorPolicy(),
            settings.journal().limits(),
            settings.failures(),
            settings.activeGroups()::mostOfAShard,
            HotKeyOptions.capacity(settings.hotKeys())),
        PersistenceIds.shard(
            name(),
            created.layout().generation(),
            numbers.ofPlace(place) * shards + index % shards),
        settings.journal(),
        settings.hosting(),
        functions.dispatcher(),
        functions.executor(),
        functions.calls(),
        settings.activeGroups(),
        clock);
  }
}

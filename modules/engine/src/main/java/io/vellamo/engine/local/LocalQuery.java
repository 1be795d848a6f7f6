package io.vellamo.engine.local;

import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.engine.shard.InitialGroups;
import java.util.List;

/**
 * A query that can be run locally.
 *
 * @param query the query
 * @param clock its clock
 * @param shards the number of shards of each operator
 * @param limits the limits of what is journaled
 * @param callsAtOnce the maximum number of groups that a shard calls in one round
 */
public record LocalQuery(
    PreparedQuery query, QueryClock clock, int shards, JournalLimits limits, int callsAtOnce) {
  /** Returns the query as the user wrote it. */
  public QueryPlan plan() {
    return query.plan();
  }

  /** Returns its stages. */
  public CompiledQuery compiled() {
    return query.compiled();
  }

  /** Returns its stateful operators, by place. */
  public List<GroupOperator<?, ?, ?, ?>> operators() {
    return query.operators();
  }

  /** Returns the codec of the events that are kept. */
  public ValueCodec eventCodec() {
    return query.eventCodec();
  }

  Failures failures() {
    return Failures.of(true);
  }

  int allShards() {
    return shards * query.operators().size();
  }

  /** Returns the specification of a shard. */
  ShardSpec shard(int index) {
    int place = index / shards;
    GroupOperator<?, ?, ?, ?> operator = query.operators().get(place);
    return new ShardSpec(
        query.plan().name(),
        index,
        allShards(),
        operator,
        query.compiled().operators().get(place).operator().name(),
        query.eventCodec(),
        key -> Failures.text(operator.keyCodec().read(key)),
        query.plan().errorPolicy(),
        limits,
        failures(),
        () -> callsAtOnce);
  }

  /** Reads the states that groups have before the first epoch, for each shard. */
  List<InitialGroups> initialStates() {
    return query.initialStates(shards);
  }
}

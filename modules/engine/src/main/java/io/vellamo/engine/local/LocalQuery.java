package io.vellamo.engine.local;

import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.InitialStates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A query that can be run locally.
 *
 * @param plan the query as the user wrote it
 * @param compiled its stages
 * @param operators its stateful operators, by place
 * @param eventCodec the codec of the events that are kept
 * @param clock its clock
 * @param shards the number of shards of each operator
 * @param limits the limits of what is journaled
 * @param callsAtOnce the maximum number of groups that a shard calls in one round
 */
public record LocalQuery(
    QueryPlan plan,
    CompiledQuery compiled,
    List<GroupOperator<?, ?, ?, ?>> operators,
    ValueCodec eventCodec,
    QueryClock clock,
    int shards,
    JournalLimits limits,
    int callsAtOnce) {
  /** Copies the operators. */
  public LocalQuery {
    operators = List.copyOf(operators);
  }

  List<KeyCodec> keyCodecs() {
    List<KeyCodec> codecs = new ArrayList<>();
    operators.forEach(operator -> codecs.add(operator.keyCodec()));
    return codecs;
  }

  EventCopies copies() {
    return EventCopies.by(eventCodec);
  }

  Failures failures() {
    return Failures.of(true);
  }

  int allShards() {
    return shards * operators.size();
  }

  /** Returns the specification of a shard. */
  ShardSpec shard(int index) {
    int place = index / shards;
    GroupOperator<?, ?, ?, ?> operator = operators.get(place);
    return new ShardSpec(
        plan.name(),
        index,
        allShards(),
        operator,
        compiled.operators().get(place).operator().name(),
        eventCodec,
        key -> Failures.text(operator.keyCodec().read(key)),
        plan.errorPolicy(),
        limits,
        failures(),
        () -> callsAtOnce);
  }

  /** Reads the states that groups have before the first epoch, for each shard. */
  List<InitialGroups> initialStates() {
    List<InitialGroups> all = new ArrayList<>();
    for (int place = 0; place < operators.size(); place++) {
      GroupOperator<?, ?, ?, ?> operator = operators.get(place);
      all.addAll(
          compiled
              .operators()
              .get(place)
              .operator()
              .initialState()
              .map(initial -> InitialStates.read(initial, operator, shards))
              .orElseGet(() -> Collections.nCopies(shards, InitialGroups.NONE)));
    }
    return all;
  }
}

package io.vellamo.actors;

import io.vellamo.api.group.InitialState;
import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.shard.InitialStates;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query ready to run: its plan, compiled and checked.
 *
 * @param plan what the user wrote
 * @param compiled its stages
 * @param operator its stateful operator; null if it has none
 * @param keyCodec writes and reads its keys
 * @param eventCodec writes the events that are recorded; null if they are not
 * @param clock its processing time
 * @param settings the configuration
 */
record QuerySpec(
    QueryPlan plan,
    CompiledQuery compiled,
    @Nullable GroupOperator<?, ?, ?, ?> operator,
    KeyCodec keyCodec,
    @Nullable ValueCodec eventCodec,
    QueryClock clock,
    VellamoSettings settings) {

  /** Returns the query's name. */
  String name() {
    return plan.name();
  }

  /** Returns the operator's name; empty if there is none. */
  String operatorName() {
    return compiled.group().map(group -> group.operator().name()).orElse("");
  }

  /** Returns how states are read; empty if there are none. */
  String stateShape() {
    return operator == null ? "" : operator.stateCodec().shape();
  }

  /** Returns whether groups have a state before the first epoch. */
  boolean hasInitialState() {
    return initialState() != null;
  }

  /**
   * Reads the states that groups have before the first epoch; there must be some.
   *
   * @param shards how many shards they are divided into
   */
  InitialStates initialStates(int shards) {
    return InitialStates.read(
        Objects.requireNonNull(initialState(), "initialState"),
        Objects.requireNonNull(operator, "operator"),
        shards);
  }

  private @Nullable InitialState<?, ?> initialState() {
    return compiled.group().flatMap(group -> group.operator().initialState()).orElse(null);
  }

  /** Returns how many events an epoch may have. */
  long maxEventsPerEpoch() {
    return plan.maxEventsPerEpoch().orElse(settings.maxEventsPerEpoch());
  }
}

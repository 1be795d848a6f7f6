package io.vellamo.actors;

import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.CompiledQuery;
import org.jspecify.annotations.Nullable;

/**
 * A query ready to run: its plan, compiled and checked.
 *
 * @param plan what the user wrote
 * @param compiled its stages
 * @param operator its stateful operator; null if it has none
 * @param keyCodec writes and reads its keys
 * @param eventCodec writes and reads the events that are kept
 * @param clock its processing time
 * @param settings the configuration
 */
record QuerySpec(
    QueryPlan plan,
    CompiledQuery compiled,
    @Nullable GroupOperator<?, ?, ?, ?> operator,
    KeyCodec keyCodec,
    ValueCodec eventCodec,
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

  /** Returns how many events an epoch may have. */
  long maxEventsPerEpoch() {
    return plan.maxEventsPerEpoch().orElse(settings.maxEventsPerEpoch());
  }
}

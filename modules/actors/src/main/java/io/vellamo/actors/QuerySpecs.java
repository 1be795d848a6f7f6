package io.vellamo.actors;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;

/** The preparation of plans to run, with all checks that need no event. */
final class QuerySpecs {
  private QuerySpecs() {}

  static QuerySpec of(
      QueryPlan plan, VellamoSettings settings, QueryClock clock, ActorSystem<?> system) {
    CompiledQuery compiled = CompiledQuery.of(plan);
    List<GroupOperator<?, ?, ?, ?>> operators = new ArrayList<>();
    for (CompiledOperator operator : compiled.operators()) {
      operators.add(operator(operator, system));
    }
    ValueCodec eventCodec = JacksonValueCodec.ofEvents(system.dynamicAccess().classLoader());
    return new QuerySpec(
        plan,
        compiled,
        List.copyOf(operators),
        eventCodec,
        clock,
        QuerySpec.Names.of(plan),
        settings);
  }

  private static GroupOperator<?, ?, ?, ?> operator(
      CompiledOperator compiled, ActorSystem<?> system) {
    ClassLoader classLoader = system.dynamicAccess().classLoader();
    StatefulOperator operator = compiled.operator();
    KeyCodec keyCodec =
        compiled
            .stage()
            .keyClass()
            .<KeyCodec>map(JacksonKeyCodec::of)
            .orElseGet(StandardKeyCodec::new);
    return typed(
        operator,
        compiled.hasWatermark(),
        keyCodec,
        JacksonStateCodec.of(operator.stateType()),
        JacksonValueCodec.ofRows(classLoader));
  }

  @SuppressWarnings("unchecked") // the pipeline gave the operator its state type
  private static <S> GroupOperator<?, ?, S, ?> typed(
      StatefulOperator operator,
      boolean hasWatermark,
      KeyCodec keyCodec,
      JacksonStateCodec<S> stateCodec,
      JacksonValueCodec rowCodec) {
    return new GroupOperator<>(
        operator.timeout(),
        hasWatermark,
        (FlatMapGroupsWithStateFunction<Object, Object, S, Object>) operator.function(),
        keyCodec,
        stateCodec,
        rowCodec);
  }
}

package io.vellamo.actors;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.plan.StatefulOperator;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** Makes plans runnable, and finds out what can be found out before any event. */
final class QuerySpecs {
  private QuerySpecs() {}

  static QuerySpec of(
      QueryPlan plan, VellamoSettings settings, QueryClock clock, ActorSystem<?> system) {
    CompiledQuery compiled = CompiledQuery.of(plan);
    Optional<Stage.Group> group = compiled.group();
    KeyCodec keyCodec =
        group
            .flatMap(Stage.Group::keyClass)
            .<KeyCodec>map(JacksonKeyCodec::of)
            .orElseGet(StandardKeyCodec::new);
    @Nullable GroupOperator<?, ?, ?, ?> operator =
        group
            .map(stage -> operator(stage.operator(), compiled.hasWatermark(), keyCodec, system))
            .orElse(null);
    ValueCodec eventCodec = JacksonValueCodec.ofEvents(system.dynamicAccess().classLoader());
    return new QuerySpec(plan, compiled, operator, keyCodec, eventCodec, clock, settings);
  }

  private static GroupOperator<?, ?, ?, ?> operator(
      StatefulOperator operator, boolean hasWatermark, KeyCodec keyCodec, ActorSystem<?> system) {
    ClassLoader classLoader = system.dynamicAccess().classLoader();
    return typed(
        operator,
        hasWatermark,
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

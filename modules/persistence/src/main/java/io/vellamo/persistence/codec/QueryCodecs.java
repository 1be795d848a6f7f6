package io.vellamo.persistence.codec;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.StatefulOperator.Trait;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.ArrayList;
import java.util.List;

/** The codecs of queries: those that Jackson and the standard keys provide for a plan's types. */
public final class QueryCodecs {
  private QueryCodecs() {}

  /**
   * Prepares a plan to run, with all checks that need no event.
   *
   * @param classLoader finds the classes of events and rows when they are read
   */
  public static PreparedQuery prepare(QueryPlan plan, ClassLoader classLoader) {
    CompiledQuery compiled = CompiledQuery.of(plan);
    RecordLayouts layouts = new RecordLayouts();
    List<GroupOperator<?, ?, ?, ?>> operators = new ArrayList<>();
    for (CompiledOperator operator : compiled.operators()) {
      operators.add(operator(operator, classLoader, layouts));
    }
    ValueCodec eventCodec = JacksonValueCodec.ofEvents(classLoader);
    return PreparedQuery.of(plan, compiled, operators, eventCodec);
  }

  private static GroupOperator<?, ?, ?, ?> operator(
      CompiledOperator compiled, ClassLoader classLoader, RecordLayouts layouts) {
    StatefulOperator operator = compiled.operator();
    KeyCodec keyCodec =
        compiled
            .keyType()
            .map(type -> JacksonKeyCodec.of(type, layouts))
            .orElseGet(StandardKeyCodec::new);
    return typed(
        compiled,
        keyCodec,
        JacksonStateCodec.of(operator.stateType(), layouts),
        JacksonValueCodec.ofRows(classLoader));
  }

  @SuppressWarnings("unchecked") // the pipeline gave the operator its state type
  private static <S> GroupOperator<?, ?, S, ?> typed(
      CompiledOperator compiled,
      KeyCodec keyCodec,
      StateCodec<S> stateCodec,
      JacksonValueCodec rowCodec) {
    return new GroupOperator<>(
        compiled.timeout(),
        compiled.hasWatermark(),
        (KeyedOperator<Object, Object, S, Object>) compiled.calls(),
        compiled.operator().has(Trait.NEEDS_ALL_EVENTS),
        keyCodec,
        stateCodec,
        rowCodec);
  }
}

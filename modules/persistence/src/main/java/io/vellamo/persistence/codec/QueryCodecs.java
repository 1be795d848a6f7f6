package io.vellamo.persistence.codec;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.StatefulOperator.Trait;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variable;
import io.vellamo.engine.aggregate.PreAggregation;
import io.vellamo.engine.group.DeclaredTimer;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.variable.SlotType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    KeyCodec keyCodec =
        compiled
            .keyType()
            .map(type -> JacksonKeyCodec.of(type, layouts))
            .orElseGet(StandardKeyCodec::new);
    return operator(compiled, keyCodec, classLoader, layouts);
  }

  /**
   * Returns an operator with its codecs.
   *
   * @param compiled the operator
   * @param keyCodec the codec of its keys
   * @param classLoader finds the classes of rows when they are read
   * @param layouts the layouts of states and keys, which all codecs of a query share
   */
  public static GroupOperator<?, ?, ?, ?> operator(
      CompiledOperator compiled,
      KeyCodec keyCodec,
      ClassLoader classLoader,
      RecordLayouts layouts) {
    StatefulOperator operator = compiled.operator();
    if (!compiled.buffers().isEmpty()) {
      layouts.use(new BufferNames(operator.name(), compiled.buffers()));
    }
    return typed(
        compiled,
        keyCodec,
        operator.has(Trait.HAS_VARIABLES) ? variables(operator.declared(), layouts) : null,
        JacksonStateCodec.of(operator.stateType(), layouts),
        JacksonValueCodec.ofRows(classLoader));
  }

  /**
   * Returns declared variables and timers with their codecs, numbered in the order of declaration;
   * a journal may number them differently.
   *
   * @param layouts the layouts of the query's states and keys
   */
  public static DeclaredVariables variables(DeclaredState declared, RecordLayouts layouts) {
    List<DeclaredVariable> variables = new ArrayList<>();
    for (Variable variable : declared.variables()) {
      variables.add(
          new DeclaredVariable(
              variable,
              SlotType.of(variable),
              JacksonStateCodec.of(type(variable), layouts),
              variable instanceof MapVariable<?, ?> map ? mapKeyCodec(map, layouts) : null,
              variables.size()));
    }
    List<DeclaredTimer> timers = new ArrayList<>();
    for (TimerName name : declared.timers()) {
      timers.add(new DeclaredTimer(name, variables.size() + timers.size()));
    }
    return new DeclaredVariables(variables, timers, declared.behind());
  }

  /** Returns a codec of the buffers of partial results, which nodes exchange. */
  public static StateCodec<Object[]> buffers(PreAggregation reduction) {
    return CompositeCodec.of(reduction.bufferTypes(), new RecordLayouts());
  }

  private static StateType<?> type(Variable variable) {
    if (variable instanceof ValueVariable<?> value) {
      return value.type();
    }
    return variable instanceof ListVariable<?> list
        ? list.type()
        : ((MapVariable<?, ?>) variable).type();
  }

  private static KeyCodec mapKeyCodec(MapVariable<?, ?> map, RecordLayouts layouts) {
    return StandardKeyCodec.supports(map.keyClass())
        ? new StandardKeyCodec()
        : JacksonKeyCodec.of(map.keyClass(), layouts);
  }

  @SuppressWarnings("unchecked") // the pipeline gave the operator its state type
  private static <S> GroupOperator<?, ?, S, ?> typed(
      CompiledOperator compiled,
      KeyCodec keyCodec,
      @Nullable DeclaredVariables variables,
      StateCodec<S> stateCodec,
      JacksonValueCodec rowCodec) {
    return new GroupOperator<>(
        compiled.timeout(),
        compiled.hasWatermark(),
        (KeyedOperator<Object, Object, S, Object>) compiled.calls(),
        compiled.operator().has(Trait.NEEDS_ALL_EVENTS),
        variables,
        compiled.heldBack().toMillis(),
        keyCodec,
        stateCodec,
        rowCodec);
  }
}

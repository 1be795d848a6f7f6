package io.vellamo.replay;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.query.OutputMode;
import io.vellamo.engine.aggregate.Aggregations;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.ProcessorOperator;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A changed function to run on recorded inputs, described as in the query.
 *
 * <pre>{@code
 * Replacement.flatMapGroupsWithState(EVENT_TIME, OpenSessions.class, new Sessionize(gap))
 * }</pre>
 *
 * @param <K> the grouping keys
 * @param <V> the events
 * @param <S> the states
 * @param <U> the rows
 * @since 0.1
 */
public final class Replacement<K extends @Nullable Object, V, S, U> {
  private final GroupStateTimeout timeout;
  private final StateType<S> stateType;
  private final GroupCode calls;
  private final DeclaredState declared;
  private final @Nullable Type keyType;
  private final OutputMode mode;

  private Replacement(
      GroupStateTimeout timeout,
      StateType<S> stateType,
      GroupCode calls,
      DeclaredState declared,
      @Nullable Type keyType,
      OutputMode mode) {
    this.timeout = requireNonNull(timeout, "timeout");
    this.stateType = requireNonNull(stateType, "stateType");
    this.calls = calls;
    this.declared = declared;
    this.keyType = keyType;
    this.mode = mode;
  }

  /**
   * Returns a replacement whose function emits any number of rows.
   *
   * @param timeout the clock of the groups' timeouts, as in the query
   * @param stateClass the state
   * @param function the function, called as in the query
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a replacement for keys of a standard type
   */
  public static <K extends @Nullable Object, V, S, U>
      Replacement<K, V, S, U> flatMapGroupsWithState(
          GroupStateTimeout timeout,
          Class<S> stateClass,
          FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    return flatMapGroupsWithState(timeout, StateType.of(stateClass), function);
  }

  /**
   * Returns a replacement whose function emits any number of rows, with a state that has type
   * arguments, migrations or a codec.
   *
   * @param timeout the clock of the groups' timeouts, as in the query
   * @param stateType the state, as in the query
   * @param function the function, called as in the query
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a replacement for keys of a standard type
   */
  public static <K extends @Nullable Object, V, S, U>
      Replacement<K, V, S, U> flatMapGroupsWithState(
          GroupStateTimeout timeout,
          StateType<S> stateType,
          FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    return new Replacement<>(
        timeout,
        stateType,
        new GroupCode.Function(function),
        DeclaredState.NONE,
        null,
        OutputMode.APPEND);
  }

  /**
   * Returns a replacement whose function emits exactly one row per call.
   *
   * @param timeout the clock of the groups' timeouts, as in the query
   * @param stateClass the state
   * @param function the function, called as in the query
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a replacement for keys of a standard type
   */
  public static <K extends @Nullable Object, V, S, U> Replacement<K, V, S, U> mapGroupsWithState(
      GroupStateTimeout timeout,
      Class<S> stateClass,
      MapGroupsWithStateFunction<K, V, S, U> function) {
    return mapGroupsWithState(timeout, StateType.of(stateClass), function);
  }

  /**
   * Returns a replacement whose function emits exactly one row per call, with a state that has type
   * arguments, migrations or a codec.
   *
   * @param timeout the clock of the groups' timeouts, as in the query
   * @param stateType the state, as in the query
   * @param function the function, called as in the query
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a replacement for keys of a standard type
   */
  public static <K extends @Nullable Object, V, S, U> Replacement<K, V, S, U> mapGroupsWithState(
      GroupStateTimeout timeout,
      StateType<S> stateType,
      MapGroupsWithStateFunction<K, V, S, U> function) {
    requireNonNull(function, "function");
    return flatMapGroupsWithState(
        timeout,
        stateType,
        (key, events, state) ->
            Collections.singletonList(
                    requireNonNull(function.call(key, events, state), "the function's row"))
                .iterator());
  }

  /**
   * Returns a replacement that calls a processor. Its variables and timers are those of the query
   * with the same names; it may declare others, and leave some out.
   *
   * @param processor the processor, called as in the query
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <U> the rows
   * @return a replacement for keys of a standard type
   * @throws IllegalArgumentException if two of its variables or timers have the same name
   */
  public static <K extends @Nullable Object, V, U> Replacement<K, V, ?, U> process(
      GroupProcessor<K, V, U> processor) {
    requireNonNull(processor, "processor");
    return new Replacement<>(
        GroupStateTimeout.NONE,
        StateType.of(Boolean.class), // never set
        new GroupCode.Processor(processor, Optional.empty()),
        DeclaredState.of(processor),
        null,
        OutputMode.APPEND);
  }

  /**
   * Returns the replacement of the query's stateful operator by that of a changed query, such as an
   * aggregation with other aggregates, windows or rows. Everything else of the query counts for
   * nothing: sources are not read, no sink is written, and the recorded inputs are those of the
   * operator.
   *
   * <pre>{@code
   * Replacement.ofQuery(start -> Traffic.query(start, Duration.ofMinutes(5)))
   * }</pre>
   *
   * @param query describes the changed query
   * @return a replacement for keys of the query's type
   * @throws IllegalArgumentException if the query does not have exactly one stateful operator, or
   *     it drops duplicates
   */
  public static Replacement<?, ?, ?, ?> ofQuery(Function<QueryStart, QueryBuilder> query) {
    Stage.Group stage = ChangedQuery.operator(requireNonNull(query, "query"));
    StatefulOperator operator = stage.operator();
    return new Replacement<>(
        operator.timeout(),
        operator.stateType(),
        stage.calls(),
        operator.declared(),
        stage.keyType().orElse(null),
        operator.mode());
  }

  /**
   * Returns this replacement for keys of a class.
   *
   * @param type the class that the query gave to {@code groupByKey}
   * @return a copy
   */
  public Replacement<K, V, S, U> withKeyClass(Class<K> type) {
    return withKeyType(requireNonNull(type, "type"));
  }

  /**
   * Returns this replacement for keys of a type with arguments.
   *
   * @param type the type that the query gave to {@code groupByKey}
   * @return a copy
   */
  public Replacement<K, V, S, U> withKeyClass(TypeRef<K> type) {
    return withKeyType(type.type());
  }

  private Replacement<K, V, S, U> withKeyType(Type type) {
    return new Replacement<>(timeout, stateType, calls, declared, type, mode);
  }

  GroupStateTimeout timeout() {
    return timeout;
  }

  StateType<S> stateType() {
    return stateType;
  }

  /** Returns whether its groups have variables and timers instead of a single state. */
  boolean hasVariables() {
    return calls instanceof GroupCode.Processor || !declared.equals(DeclaredState.NONE);
  }

  /** Returns its variables and timers; none for a function. */
  DeclaredState declared() {
    return declared;
  }

  /**
   * Returns the calls of groups.
   *
   * @param hasWatermark whether {@code withWatermark} is upstream
   */
  @SuppressWarnings("unchecked") // the factories gave both the same types
  KeyedOperator<K, V, S, U> calls(boolean hasWatermark) {
    if (calls instanceof AggregationCode aggregation) {
      return (KeyedOperator<K, V, S, U>) Aggregations.operator(aggregation, mode);
    }
    return calls instanceof GroupCode.Processor processor
        ? new ProcessorOperator<>(
            (GroupProcessor<K, V, U>) processor.processor(), null, hasWatermark)
        : new FunctionOperator<>(
            (FlatMapGroupsWithStateFunction<K, V, S, U>) ((GroupCode.Function) calls).function());
  }

  @Nullable Type keyType() {
    return keyType;
  }
}

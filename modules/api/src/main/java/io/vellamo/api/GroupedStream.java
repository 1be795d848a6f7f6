package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.group.StateType;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.plan.StatefulOperator;
import io.vellamo.api.query.OutputMode;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a stream's events: all events of one key, in source order.
 *
 * <p>The function called for a group keeps its state in {@link io.vellamo.api.group.GroupState};
 * order between groups is not promised.
 *
 * @param <K> the grouping keys
 * @param <V> the events
 * @since 0.1
 */
public final class GroupedStream<K extends @Nullable Object, V> {
  private final Pipeline pipeline;
  private final Function<Object, ?> key;
  private final Optional<Class<?>> keyClass;

  GroupedStream(Pipeline pipeline, Function<Object, ?> key, Optional<Class<?>> keyClass) {
    this.pipeline = pipeline;
    this.key = key;
    this.keyClass = keyClass;
  }

  /**
   * Returns the rows of a function that emits exactly one row whenever a group is called. The
   * query's output mode is {@link OutputMode#UPDATE}.
   *
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, written and read with Jackson; see {@link StateType} for what to
   *     do when it changes
   * @param function called for each group with new events or a passed timeout
   * @param <S> the state
   * @param <U> the rows, written and read with Jackson by their own class
   * @return the rows
   * @throws IllegalArgumentException if {@code timeout} needs a watermark and there is none
   * @throws IllegalStateException if an operator in front must not be followed by this one
   */
  public <S, U> EventStream<U> mapGroupsWithState(
      GroupStateTimeout timeout,
      Class<S> stateClass,
      MapGroupsWithStateFunction<K, V, S, U> function) {
    return mapGroupsWithState(timeout, StateType.of(stateClass), function);
  }

  /**
   * Returns the rows of a function that emits exactly one row whenever a group is called, with a
   * state that older versions of the program may have written.
   *
   * @param timeout the clock of the groups' timeouts
   * @param stateType the state, its version and its migrations
   * @param function called for each group with new events or a passed timeout
   * @param <S> the state
   * @param <U> the rows, written and read with Jackson by their own class
   * @return the rows
   * @throws IllegalArgumentException if {@code timeout} needs a watermark and there is none
   * @throws IllegalStateException if an operator in front must not be followed by this one
   */
  public <S, U> EventStream<U> mapGroupsWithState(
      GroupStateTimeout timeout,
      StateType<S> stateType,
      MapGroupsWithStateFunction<K, V, S, U> function) {
    requireNonNull(function, "function");
    FlatMapGroupsWithStateFunction<K, V, S, U> single =
        (groupKey, events, state) ->
            Collections.singletonList(
                    requireNonNull(function.call(groupKey, events, state), "the function's row"))
                .iterator();
    return grouped("mapGroupsWithState", OutputMode.UPDATE, timeout, stateType, single);
  }

  /**
   * Returns the rows of a function that emits any number of rows whenever a group is called.
   *
   * @param mode {@link OutputMode#APPEND} if rows are final, {@link OutputMode#UPDATE} if they
   *     replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, written and read with Jackson; see {@link StateType} for what to
   *     do when it changes
   * @param function called for each group with new events or a passed timeout
   * @param <S> the state
   * @param <U> the rows, written and read with Jackson by their own class
   * @return the rows
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}, or {@code
   *     timeout} needs a watermark and there is none
   * @throws IllegalStateException if an operator in front must not be followed by this one
   */
  public <S, U> EventStream<U> flatMapGroupsWithState(
      OutputMode mode,
      GroupStateTimeout timeout,
      Class<S> stateClass,
      FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    return flatMapGroupsWithState(mode, timeout, StateType.of(stateClass), function);
  }

  /**
   * Returns the rows of a function that emits any number of rows whenever a group is called, with a
   * state that older versions of the program may have written.
   *
   * @param mode {@link OutputMode#APPEND} if rows are final, {@link OutputMode#UPDATE} if they
   *     replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param stateType the state, its version and its migrations
   * @param function called for each group with new events or a passed timeout
   * @param <S> the state
   * @param <U> the rows, written and read with Jackson by their own class
   * @return the rows
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}, or {@code
   *     timeout} needs a watermark and there is none
   * @throws IllegalStateException if an operator in front must not be followed by this one
   */
  public <S, U> EventStream<U> flatMapGroupsWithState(
      OutputMode mode,
      GroupStateTimeout timeout,
      StateType<S> stateType,
      FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    requireNonNull(mode, "mode");
    requireNonNull(function, "function");
    if (mode == OutputMode.COMPLETE) {
      throw new IllegalArgumentException(
          "mode must be APPEND or UPDATE for flatMapGroupsWithState, was [COMPLETE]; a group's"
              + " function can't emit the whole result");
    }
    return grouped("flatMapGroupsWithState", mode, timeout, stateType, function);
  }

  private <U> EventStream<U> grouped(
      String name,
      OutputMode mode,
      GroupStateTimeout timeout,
      StateType<?> stateType,
      FlatMapGroupsWithStateFunction<?, ?, ?, U> function) {
    requireNonNull(timeout, "timeout");
    requireNonNull(stateType, "stateType");
    if (timeout == GroupStateTimeout.EVENT_TIME && !pipeline.hasWatermark()) {
      throw new IllegalArgumentException(
          "timeout [EVENT_TIME] of %s needs withWatermark in front of groupByKey".formatted(name));
    }
    boolean follows = !pipeline.upstream().operators().isEmpty();
    if (follows && mode == OutputMode.UPDATE) {
      throw new IllegalStateException(
          "%s of query [%s] must not follow another stateful operator, as its rows replace earlier ones [UPDATE]; use flatMapGroupsWithState with OutputMode.APPEND"
              .formatted(name, pipeline.name()));
    }
    pipeline.requireInputFor(name, true);
    StatefulOperator operator = new StatefulOperator(name, mode, timeout, stateType, function);
    return new EventStream<>(pipeline.with(new Stage.Group(key, keyClass, operator)));
  }
}

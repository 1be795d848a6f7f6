package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsFunction;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.group.MapGroupsFunction;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.StatefulOperator.Trait;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.InitialRowFunction;
import io.vellamo.api.query.OutputMode;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The events of a stream grouped by key; the events of a group are in source order per source
 * partition.
 *
 * <p>A function that is called for a group keeps its state in {@link
 * io.vellamo.api.group.GroupState}. The order between groups is not defined.
 *
 * @param <K> the key type
 * @param <V> the event type
 * @since 0.1
 */
public final class GroupedStream<K extends @Nullable Object, V> extends AggregatedGroups<K, V> {
  GroupedStream(Pipeline pipeline, Function<Object, ?> key, Optional<Type> keyType) {
    super(pipeline, key, keyType);
  }

  /**
   * Returns these groups with states that exist before the first event.
   *
   * @param initial the states; read when the query's first epoch begins
   * @param <S> the state type
   * @return the groups, to be processed by a function with that state
   */
  public <S> InitializedGroups<K, V, S> withInitialState(InitialState<K, S> initial) {
    return new InitializedGroups<>(this, initial);
  }

  /**
   * Returns the rows of a function that emits exactly one row whenever a group is called. The
   * query's output mode is {@link OutputMode#UPDATE}.
   *
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, which the journal keeps; see {@link StateType} for changes of the
   *     class
   * @param function called for each group that has new events or whose timeout has passed
   * @param <S> the state type
   * @param <U> the row type; each row is written and read as its own class
   * @return the rows
   * @throws IllegalArgumentException if {@code timeout} requires a watermark and there is none
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
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
   * @param function called for each group that has new events or whose timeout has passed
   * @param <S> the state type
   * @param <U> the row type; each row is written and read as its own class
   * @return the rows
   * @throws IllegalArgumentException if {@code timeout} requires a watermark and there is none
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public <S, U> EventStream<U> mapGroupsWithState(
      GroupStateTimeout timeout,
      StateType<S> stateType,
      MapGroupsWithStateFunction<K, V, S, U> function) {
    return map(timeout, stateType, Optional.empty(), function);
  }

  /**
   * Returns the rows of a function that emits any number of rows whenever a group is called.
   *
   * @param mode {@link OutputMode#APPEND} if rows are final, {@link OutputMode#UPDATE} if they
   *     replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, which the journal keeps; see {@link StateType} for changes of the
   *     class
   * @param function called for each group that has new events or whose timeout has passed
   * @param <S> the state type
   * @param <U> the row type; each row is written and read as its own class
   * @return the rows
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}, or {@code
   *     timeout} requires a watermark and there is none
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
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
   * @param function called for each group that has new events or whose timeout has passed
   * @param <S> the state type
   * @param <U> the row type; each row is written and read as its own class
   * @return the rows
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}, or {@code
   *     timeout} requires a watermark and there is none
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public <S, U> EventStream<U> flatMapGroupsWithState(
      OutputMode mode,
      GroupStateTimeout timeout,
      StateType<S> stateType,
      FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    return flatMap(mode, timeout, stateType, Optional.empty(), function);
  }

  /**
   * Returns the rows of a processor, which has any number of state variables and timers per group.
   *
   * @param mode {@link OutputMode#APPEND} if rows are final, {@link OutputMode#UPDATE} if they
   *     replace earlier ones
   * @param processor called for each group that has new events or due timers; {@link
   *     GroupProcessor#declare} is called now
   * @param <U> the row type; each row is written and read as its own class
   * @return the rows
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}, two variables
   *     or timers have the same name, or one is in event time and there is no watermark
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public <U> EventStream<U> process(OutputMode mode, GroupProcessor<K, V, U> processor) {
    return process(mode, processor, Optional.empty(), Optional.empty());
  }

  /**
   * Returns a row with each key and its events reduced to one, including the events of earlier
   * epochs, whenever the key has new events. The query's output mode is {@link OutputMode#UPDATE}.
   *
   * <p><b>Order</b> The first argument of the function is the reduction of the earlier events, the
   * second is the next event in source order. As in Spark, the function should be associative and
   * commutative, since the order between source partitions is not defined.
   *
   * @param valueClass the events, of which the journal keeps one per group; see {@link StateType}
   *     for changes of the class
   * @param function reduces two events to one; must not return null
   * @return the keys and their reduced events
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public EventStream<KeyValue<K, V>> reduceGroups(Class<V> valueClass, BinaryOperator<V> function) {
    return reduceGroups(StateType.of(valueClass), function);
  }

  /**
   * Returns a row with each key and its events reduced to one, for a stored reduction that older
   * versions of the program may have written.
   *
   * @param valueType the events, their version and its migrations
   * @param function as for {@link #reduceGroups(Class, BinaryOperator)}
   * @return the keys and their reduced events
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public EventStream<KeyValue<K, V>> reduceGroups(
      StateType<V> valueType, BinaryOperator<V> function) {
    return grouped(
        new StatefulOperator(
            "reduceGroups",
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            valueType,
            Optional.empty(),
            Set.of(Trait.REPLACES_OWN_ROWS)),
        new Reduction<K, V>(function));
  }

  /**
   * Returns the rows of a function that gets all events of a group at once and emits exactly one
   * row. Supported in batches only; {@link QueryBuilder#start} rejects it.
   *
   * @param function called once for each group
   * @param <U> the row type
   * @return the rows
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public <U> EventStream<U> mapGroups(MapGroupsFunction<K, V, U> function) {
    requireNonNull(function, "function");
    return wholeGroups(
        "mapGroups",
        (groupKey, events) ->
            Collections.singletonList(
                    requireNonNull(function.call(groupKey, events), "the function's row"))
                .iterator());
  }

  /**
   * Returns the rows of a function that gets all events of a group at once and emits any number of
   * rows. Supported in batches only; {@link QueryBuilder#start} rejects it.
   *
   * @param function called once for each group
   * @param <U> the row type
   * @return the rows
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public <U> EventStream<U> flatMapGroups(FlatMapGroupsFunction<K, V, U> function) {
    return wholeGroups("flatMapGroups", function);
  }

  private <U> EventStream<U> wholeGroups(String name, FlatMapGroupsFunction<K, V, U> function) {
    requireNonNull(function, "function");
    FlatMapGroupsWithStateFunction<K, V, Boolean, U> stateless =
        (groupKey, events, state) -> function.call(groupKey, events);
    return grouped(
        new StatefulOperator(
            name,
            OutputMode.APPEND,
            GroupStateTimeout.NONE,
            StateType.of(Boolean.class), // never set
            Optional.empty(),
            Set.of(Trait.NEEDS_ALL_EVENTS)),
        stateless);
  }

  <S, U> EventStream<U> map(
      GroupStateTimeout timeout,
      StateType<S> stateType,
      Optional<InitialState<?, ?>> initial,
      MapGroupsWithStateFunction<K, V, S, U> function) {
    requireNonNull(function, "function");
    FlatMapGroupsWithStateFunction<K, V, S, U> single =
        (groupKey, events, state) ->
            Collections.singletonList(
                    requireNonNull(function.call(groupKey, events, state), "the function's row"))
                .iterator();
    return grouped(
        new StatefulOperator(
            "mapGroupsWithState", OutputMode.UPDATE, timeout, stateType, initial, Set.of()),
        single);
  }

  <S, U> EventStream<U> flatMap(
      OutputMode mode,
      GroupStateTimeout timeout,
      StateType<S> stateType,
      Optional<InitialState<?, ?>> initial,
      FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    requireNotComplete(mode, "flatMapGroupsWithState");
    requireNonNull(function, "function");
    return grouped(
        new StatefulOperator("flatMapGroupsWithState", mode, timeout, stateType, initial, Set.of()),
        requireNonNull(function, "function"));
  }

  <U> EventStream<U> process(
      OutputMode mode,
      GroupProcessor<K, V, U> processor,
      Optional<InitialState<?, ?>> initial,
      Optional<InitialRowFunction<?, ?, ?>> onInitialRow) {
    requireNotComplete(mode, "process");
    DeclaredState declared = DeclaredState.of(requireNonNull(processor, "processor"));
    return grouped(
        StatefulOperator.processing("process", mode, initial, declared),
        new GroupCode.Processor(processor, onInitialRow));
  }

  private static void requireNotComplete(OutputMode mode, String kind) {
    if (requireNonNull(mode, "mode") == OutputMode.COMPLETE) {
      throw new IllegalArgumentException(
          "mode must be APPEND or UPDATE for %s, was [COMPLETE]; the call of a group can't emit the whole result"
              .formatted(kind));
    }
  }

  private <U> EventStream<U> grouped(
      StatefulOperator operator, FlatMapGroupsWithStateFunction<?, ?, ?, ?> function) {
    return grouped(operator, new GroupCode.Function(function));
  }

  private <U> EventStream<U> grouped(StatefulOperator operator, GroupCode calls) {
    if (operator.usesEventTime() && !pipeline.hasWatermark()) {
      String what = operator.has(Trait.HAS_VARIABLES) ? "a timer or expiry" : "timeout";
      throw new IllegalArgumentException(
          "%s [EVENT_TIME] of %s needs withWatermark upstream of groupByKey"
              .formatted(what, operator.kind()));
    }
    boolean follows = !pipeline.upstream().operators().isEmpty();
    // A reduction may follow, as in Spark: its rows replace only its own earlier rows.
    if (follows && operator.mode() == OutputMode.UPDATE && !operator.has(Trait.REPLACES_OWN_ROWS)) {
      throw new IllegalStateException(
          "%s of query [%s] must not follow another stateful operator, as its rows replace earlier ones [UPDATE]; use flatMapGroupsWithState with OutputMode.APPEND"
              .formatted(operator.kind(), pipeline.name()));
    }
    pipeline.requireInputFor(operator.kind(), true);
    return new EventStream<>(pipeline.with(new Stage.Group(key, keyType, operator, calls)));
  }
}

package io.vellamo.replay;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.TypeRef;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.group.StateType;
import java.lang.reflect.Type;
import java.util.Collections;
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
  private final FlatMapGroupsWithStateFunction<K, V, S, U> function;
  private final @Nullable Type keyType;

  private Replacement(
      GroupStateTimeout timeout,
      StateType<S> stateType,
      FlatMapGroupsWithStateFunction<K, V, S, U> function,
      @Nullable Type keyType) {
    this.timeout = requireNonNull(timeout, "timeout");
    this.stateType = requireNonNull(stateType, "stateType");
    this.function = requireNonNull(function, "function");
    this.keyType = keyType;
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
    return new Replacement<>(timeout, stateType, function, null);
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
    return new Replacement<>(
        timeout,
        stateType,
        (key, events, state) ->
            Collections.singletonList(
                    requireNonNull(function.call(key, events, state), "the function's row"))
                .iterator(),
        null);
  }

  /**
   * Returns this replacement for keys of a class.
   *
   * @param type the class that the query gave to {@code groupByKey}
   * @return a copy
   */
  public Replacement<K, V, S, U> withKeyClass(Class<K> type) {
    return new Replacement<>(timeout, stateType, function, requireNonNull(type, "type"));
  }

  /**
   * Returns this replacement for keys of a type with arguments.
   *
   * @param type the type that the query gave to {@code groupByKey}
   * @return a copy
   */
  public Replacement<K, V, S, U> withKeyClass(TypeRef<K> type) {
    return new Replacement<>(timeout, stateType, function, type.type());
  }

  GroupStateTimeout timeout() {
    return timeout;
  }

  StateType<S> stateType() {
    return stateType;
  }

  FlatMapGroupsWithStateFunction<K, V, S, U> function() {
    return function;
  }

  @Nullable Type keyType() {
    return keyType;
  }
}

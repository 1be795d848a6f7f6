package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A driver of a user's function with a single state: a script of events, clock moves and
 * expectations, run without actors in every {@link HarnessMode}.
 *
 * <pre>{@code
 * GroupStateHarness.flatMapGroupsWithState(
 *         OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Visit.class, new Sessionize())
 *     .event("anna", click, noon)
 *     .expectNoRows()
 *     .advanceWatermark(noon.plus(Duration.ofHours(1)))
 *     .expectRows(new Session("anna", noon, noon, 1))
 *     .expectNothingKept()
 *     .verify();
 * }</pre>
 *
 * <p>{@link ScriptHarness} describes what all scripts have in common.
 *
 * @param <K> the grouping keys; null is a valid key
 * @param <V> the events
 * @param <S> the state
 * @param <U> the rows
 * @since 0.1
 */
public final class GroupStateHarness<K extends @Nullable Object, V, S, U>
    extends ScriptHarness<K, V, U, GroupStateHarness<K, V, S, U>> {
  private GroupStateHarness(HarnessFunction function) {
    super(function);
  }

  /**
   * Returns an empty script for a function of {@code flatMapGroupsWithState}.
   *
   * @param mode append if rows are final, update if they replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, written and read as in a query
   * @param function the function under test
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a script
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the state class
   */
  public static <K extends @Nullable Object, V, S, U>
      GroupStateHarness<K, V, S, U> flatMapGroupsWithState(
          OutputMode mode,
          GroupStateTimeout timeout,
          Class<S> stateClass,
          FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    return flatMapGroupsWithState(mode, timeout, StateType.of(stateClass), function);
  }

  /**
   * Returns an empty script for a function of {@code flatMapGroupsWithState}, with a versioned
   * state.
   *
   * @param mode append if rows are final, update if they replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param stateType the state, its version and its migrations
   * @param function the function under test
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a script
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the state class
   */
  public static <K extends @Nullable Object, V, S, U>
      GroupStateHarness<K, V, S, U> flatMapGroupsWithState(
          OutputMode mode,
          GroupStateTimeout timeout,
          StateType<S> stateType,
          FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    return new GroupStateHarness<>(HarnessFunction.of(mode, timeout, stateType, function));
  }

  /**
   * Returns an empty script for a function of {@code mapGroupsWithState}.
   *
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, written and read as in a query
   * @param function the function under test
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a script
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the state class
   */
  public static <K extends @Nullable Object, V, S, U>
      GroupStateHarness<K, V, S, U> mapGroupsWithState(
          GroupStateTimeout timeout,
          Class<S> stateClass,
          MapGroupsWithStateFunction<K, V, S, U> function) {
    return mapGroupsWithState(timeout, StateType.of(stateClass), function);
  }

  /**
   * Returns an empty script for a function of {@code mapGroupsWithState}, with a versioned state.
   *
   * @param timeout the clock of the groups' timeouts
   * @param stateType the state, its version and its migrations
   * @param function the function under test
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a script
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the state class
   */
  public static <K extends @Nullable Object, V, S, U>
      GroupStateHarness<K, V, S, U> mapGroupsWithState(
          GroupStateTimeout timeout,
          StateType<S> stateType,
          MapGroupsWithStateFunction<K, V, S, U> function) {
    return new GroupStateHarness<>(HarnessFunction.of(timeout, stateType, function));
  }

  /**
   * Gives a group a state before the first event.
   *
   * @param key the group
   * @param state its state
   * @return this script
   * @throws IllegalStateException if another step than {@code given} precedes
   */
  public GroupStateHarness<K, V, S, U> given(K key, S state) {
    recorder().give(key, state, null);
    return this;
  }

  /**
   * Gives a group a state and a timeout before the first event.
   *
   * @param key the group
   * @param state its state
   * @param timeout the time at which it times out, on the clock of the function's timeouts
   * @return this script
   * @throws IllegalStateException if another step than {@code given} precedes
   */
  public GroupStateHarness<K, V, S, U> given(K key, S state, Instant timeout) {
    recorder().give(key, state, requireNonNull(timeout, "timeout"));
    return this;
  }

  /**
   * Expects a group's state.
   *
   * @param key the group
   * @param state its state
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectState(K key, S state) {
    requireNonNull(state, "state");
    return step("expectState(%s)".formatted(key), Expectations.state(key, state));
  }

  /**
   * Expects that a group has no state.
   *
   * @param key the group
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectNoState(K key) {
    return step("expectNoState(%s)".formatted(key), Expectations.state(key, null));
  }

  /**
   * Expects a group's timeout.
   *
   * @param key the group
   * @param timeout the time at which it times out, on the clock of the function's timeouts
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectTimeout(K key, Instant timeout) {
    requireNonNull(timeout, "timeout");
    return step("expectTimeout(%s)".formatted(key), Expectations.timeout(key, timeout));
  }

  /**
   * Expects that a group has no timeout.
   *
   * @param key the group
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectNoTimeout(K key) {
    return step("expectNoTimeout(%s)".formatted(key), Expectations.timeout(key, null));
  }

  @Override
  GroupStateHarness<K, V, S, U> self() {
    return this;
  }
}

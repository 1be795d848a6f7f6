package io.vellamo.api.group;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The states that groups have before a query's first epoch.
 *
 * <pre>{@code
 * clicks
 *     .groupByKey(Click::user)
 *     .withInitialState(InitialState.of(Visits.class, visitsOfTheOldSystem))
 *     .mapGroupsWithState(GroupStateTimeout.NONE, new CountVisits());
 * }</pre>
 *
 * <p><b>Order</b> Read once, when the first epoch of the query's life begins, which is when the
 * first input is there; never again once that epoch is committed. In it every group with events or
 * with an initial state is called once. A group without events gets an empty iterator, {@link
 * GroupState#hasTimedOut} false and {@link GroupState#exists} true. A state that the function
 * leaves alone stays, and does not count as updated.
 *
 * <p><b>Threading</b> Read by one thread, in the background. What it is made of must not change
 * until the first epoch is committed.
 *
 * <p><b>Failure</b> Two states of one key, or a null state, fail the query with an {@link
 * IllegalArgumentException} that names the key. After a crash in the first epoch the states are
 * read again, and must be the same for the result to be the same.
 *
 * <p><b>Cost</b> All serialized states are in memory at once, as they are from then on in the
 * shards, which share the same bytes; and the first epoch is journaled as a whole. An {@code
 * Iterable} that reads its states as they are asked for needs nothing beyond that. With groups as
 * actors, no more actors than {@code vellamo.passivation.max-active-groups} are started for groups
 * without events at a time.
 *
 * @param <K> the grouping keys
 * @param <S> the state
 * @since 0.1
 */
public final class InitialState<K extends @Nullable Object, S> {
  private final StateType<S> stateType;
  private final Consumer<BiConsumer<K, S>> states;
  private final boolean calledOnlyWithEvents;

  private InitialState(
      StateType<S> stateType, Consumer<BiConsumer<K, S>> states, boolean calledOnlyWithEvents) {
    this.stateType = requireNonNull(stateType, "stateType");
    this.states = states;
    this.calledOnlyWithEvents = calledOnlyWithEvents;
  }

  /**
   * Returns the initial states of a map.
   *
   * @param stateClass the state, written and read with Jackson
   * @param states the state of each key; not copied
   * @param <K> the grouping keys
   * @param <S> the state
   * @return the initial states
   */
  public static <K extends @Nullable Object, S> InitialState<K, S> of(
      Class<S> stateClass, Map<? extends K, ? extends S> states) {
    return of(StateType.of(stateClass), states);
  }

  /**
   * Returns the initial states of a map, for a state that older versions of the program may have
   * written.
   *
   * @param stateType the state, its version and its migrations; they concern later starts, as the
   *     states here are of the present class
   * @param states the state of each key; not copied
   * @param <K> the grouping keys
   * @param <S> the state
   * @return the initial states
   */
  public static <K extends @Nullable Object, S> InitialState<K, S> of(
      StateType<S> stateType, Map<? extends K, ? extends S> states) {
    requireNonNull(states, "states");
    return new InitialState<>(stateType, action -> states.forEach(action), false);
  }

  /**
   * Returns initial states that are read one after the other.
   *
   * @param stateClass the state, written and read with Jackson
   * @param states keys and their states, each key once; iterated when the first epoch begins, and
   *     again after a crash in it
   * @param <K> the grouping keys
   * @param <S> the state
   * @return the initial states
   */
  public static <K extends @Nullable Object, S> InitialState<K, S> of(
      Class<S> stateClass, Iterable<? extends KeyValue<? extends K, ? extends S>> states) {
    return of(StateType.of(stateClass), states);
  }

  /**
   * Returns initial states that are read one after the other, for a state that older versions of
   * the program may have written.
   *
   * @param stateType as for {@link #of(StateType, Map)}
   * @param states as for {@link #of(Class, Iterable)}
   * @param <K> the grouping keys
   * @param <S> the state
   * @return the initial states
   */
  public static <K extends @Nullable Object, S> InitialState<K, S> of(
      StateType<S> stateType, Iterable<? extends KeyValue<? extends K, ? extends S>> states) {
    requireNonNull(states, "states");
    return new InitialState<>(
        stateType,
        action -> states.forEach(state -> action.accept(state.key(), state.value())),
        false);
  }

  /**
   * Returns the same states, whose groups the first epoch calls only if they have events. The
   * others are stored without a call, so they emit nothing and set no timeout. Spark calls it
   * {@code skipEmittingInitialStateKeys}.
   *
   * @return initial states that make no calls of their own
   */
  public InitialState<K, S> calledOnlyWithEvents() {
    return new InitialState<>(stateType, states, true);
  }

  /**
   * Returns what the states are.
   *
   * @return their class, version and migrations
   */
  public StateType<S> stateType() {
    return stateType;
  }

  /**
   * Returns whether groups without events are left uncalled.
   *
   * @return true after {@link #calledOnlyWithEvents}
   */
  public boolean isCalledOnlyWithEvents() {
    return calledOnlyWithEvents;
  }

  /**
   * Reads the states, for runtimes.
   *
   * @param action takes each key and its state
   */
  public void forEach(BiConsumer<K, S> action) {
    states.accept(requireNonNull(action, "action"));
  }
}

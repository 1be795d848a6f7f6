package io.vellamo.api.group;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The states of groups before a query's first epoch.
 *
 * <pre>{@code
 * clicks
 *     .groupByKey(Click::user)
 *     .withInitialState(InitialState.of(Visits.class, visitsOfTheOldSystem))
 *     .mapGroupsWithState(GroupStateTimeout.NONE, new CountVisits());
 * }</pre>
 *
 * <p><b>Order</b> The states are read when the query's first epoch begins, which is when the first
 * input arrives, and never again once that epoch is committed. In that epoch every group with
 * events or with an initial state is called once. A group without events is called with an empty
 * iterator, {@link GroupState#hasTimedOut} false and {@link GroupState#exists} true. A state that
 * the function does not change is kept and does not count as updated.
 *
 * <p><b>Threading</b> Read by one thread, in the background. The underlying map or iterable must
 * not change until the first epoch is committed.
 *
 * <p><b>Failure</b> Two states of one key, or a null state, fail the query with an {@link
 * IllegalArgumentException} that names the key. After a crash in the first epoch the states are
 * read again; the results are the same only if the states are.
 *
 * <p><b>Cost</b> All serialized states are in memory at once. The shards hold the same bytes from
 * then on, and the first epoch is journaled as a whole. An {@code Iterable} that reads its states
 * lazily needs no further memory. With groups as actors, groups without events start no more actors
 * at a time than {@code vellamo.passivation.max-active-groups} allows.
 *
 * @param <K> the key type
 * @param <S> the state type
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
   * Returns initial states from a map.
   *
   * @param stateClass the class of the state, which the journal keeps
   * @param states the state of each key; not copied
   * @param <K> the key type
   * @param <S> the state type
   * @return the initial states
   */
  public static <K extends @Nullable Object, S> InitialState<K, S> of(
      Class<S> stateClass, Map<? extends K, ? extends S> states) {
    return of(StateType.of(stateClass), states);
  }

  /**
   * Returns initial states from a map, for a state that older versions of the program may have
   * written.
   *
   * @param stateType the class of the state, its version and its migrations; the migrations apply
   *     to later starts, as the initial states are of the current class
   * @param states the state of each key; not copied
   * @param <K> the key type
   * @param <S> the state type
   * @return the initial states
   */
  public static <K extends @Nullable Object, S> InitialState<K, S> of(
      StateType<S> stateType, Map<? extends K, ? extends S> states) {
    requireNonNull(states, "states");
    return new InitialState<>(stateType, action -> states.forEach(action), false);
  }

  /**
   * Returns initial states from an iterable.
   *
   * @param stateClass the class of the state, which the journal keeps
   * @param states the keys and their states, each key once; iterated when the first epoch begins,
   *     and again after a crash in that epoch
   * @param <K> the key type
   * @param <S> the state type
   * @return the initial states
   */
  public static <K extends @Nullable Object, S> InitialState<K, S> of(
      Class<S> stateClass, Iterable<? extends KeyValue<? extends K, ? extends S>> states) {
    return of(StateType.of(stateClass), states);
  }

  /**
   * Returns initial states from an iterable, for a state that older versions of the program may
   * have written.
   *
   * @param stateType as for {@link #of(StateType, Map)}
   * @param states as for {@link #of(Class, Iterable)}
   * @param <K> the key type
   * @param <S> the state type
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
   * Returns the same states, but the first epoch calls only groups that have events. The states of
   * other groups are stored without a call, so those groups emit nothing and set no timeout.
   * Equivalent to Spark's {@code skipEmittingInitialStateKeys}.
   *
   * @return initial states that cause no calls
   */
  public InitialState<K, S> calledOnlyWithEvents() {
    return new InitialState<>(stateType, states, true);
  }

  /**
   * Returns the type of the states.
   *
   * @return their class, version and migrations
   */
  public StateType<S> stateType() {
    return stateType;
  }

  /**
   * Returns whether the first epoch calls only groups that have events.
   *
   * @return true after {@link #calledOnlyWithEvents}
   */
  public boolean isCalledOnlyWithEvents() {
    return calledOnlyWithEvents;
  }

  /**
   * Passes each key and its state to an action; for runtimes.
   *
   * @param action receives each key and its state
   */
  public void forEach(BiConsumer<K, S> action) {
    states.accept(requireNonNull(action, "action"));
  }
}

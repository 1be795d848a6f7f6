package io.vellamo.engine.group;

import io.vellamo.api.process.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A stateful operator, as it handles one group: the contract of users' functions and of all
 * built-in operators.
 *
 * <p><b>Order</b> In each epoch, a group is called once with its events, or once without any if its
 * timeout has passed. A group with variables is then called once for each of its timers that are
 * due, and before the events of the query's first epoch once for each of its initial rows.
 *
 * <p><b>Threading</b> Shared by all groups; a group is called by one thread at a time.
 *
 * <p><b>Failure</b> Exceptions and errors of a call are rethrown, and its effects are discarded.
 *
 * @param <K> the keys
 * @param <V> the events
 * @param <S> the states, or the initial rows of groups with variables
 * @param <U> the rows
 */
public interface KeyedOperator<K extends @Nullable Object, V, S, U> {
  /**
   * Takes the events of a group. There are none if it is called only because of its initial state.
   *
   * @param key the group's key
   * @param events its events, in source order
   * @param group its state, its timeout and the clocks
   * @param rows takes the rows, in order
   */
  void onEvents(K key, KeyedEvents<V> events, KeyedState<S> group, Rows<U> rows) throws Exception;

  /**
   * Completes the calls with the events of a group in an epoch: called once after {@link
   * #onEvents}, which is called once or, if events that it throws for are left out, once for each
   * event.
   *
   * @param key the group's key
   * @param group its state, its timeout and the clocks
   * @param rows takes the rows, in order
   */
  default void afterEvents(K key, KeyedState<S> group, Rows<U> rows) throws Exception {}

  /**
   * Does what {@link #afterEvents} does, or {@link #onTimeout} after it, except that its rows are
   * left out because it threw.
   *
   * @param group its state, its timeout and the clocks
   */
  default void afterEventsLeftOut(KeyedState<S> group) {}

  /** Returns whether {@link #afterEvents} does anything. */
  default boolean isCompletedAfterEvents() {
    return false;
  }

  /**
   * Returns whether it needs all events of a group in a single call, so that it must not be called
   * event by event.
   */
  default boolean needsAllEvents() {
    return false;
  }

  /**
   * Returns whether it emits the whole result in every epoch. Its calls then put rows into the
   * result or remove them, and emit none.
   */
  default boolean emitsWholeResult() {
    return false;
  }

  /** Returns the operator for a batch, which calls each group once, with all its events. */
  default KeyedOperator<K, V, S, U> inBatch() {
    return this;
  }

  /**
   * Takes the timeout of a group, which has passed.
   *
   * @param key the group's key
   * @param group its state, its timeout and the clocks
   * @param rows takes the rows, in order
   */
  void onTimeout(K key, KeyedState<S> group, Rows<U> rows) throws Exception;

  /**
   * Takes a timer of a group with variables. The timer is no longer set.
   *
   * @param key the group's key
   * @param timer the timer, which is due
   * @param group its variables, its timers and the clocks
   * @param rows takes the rows, in order
   */
  default void onTimer(K key, Timer timer, KeyedState<S> group, Rows<U> rows) throws Exception {
    throw new AssertionError("the operator has no timers");
  }

  /**
   * Returns whether {@link #rowsOf} computes a group's rows from its state, in all output modes.
   */
  default boolean hasRowsOfState() {
    return false;
  }

  /**
   * Puts all rows of a group, as its calls have left them: those of the whole result or, in other
   * output modes, those of the windows that are open.
   *
   * @param key the group's key
   * @param group its state, which must not be changed
   * @param rows takes the rows
   */
  default void rowsOf(K key, KeyedState<S> group, Rows<U> rows) throws Exception {
    throw new AssertionError("the operator does not compute rows from the state");
  }

  /**
   * Takes a timer that is left out because {@link #onTimer} threw for it. The timer is no longer
   * set.
   *
   * @param timer the timer, which is due
   * @param group its variables, its timers and the clocks
   */
  default void onTimerLeftOut(Timer timer, KeyedState<S> group) {}

  /**
   * Takes an initial row of a group with variables.
   *
   * @param key the group's key
   * @param row the row
   * @param group its variables, its timers and the clocks
   * @param rows takes the rows, in order
   */
  default void onInitialRow(K key, S row, KeyedState<S> group, Rows<U> rows) throws Exception {
    throw new AssertionError("the operator has no initial rows");
  }
}

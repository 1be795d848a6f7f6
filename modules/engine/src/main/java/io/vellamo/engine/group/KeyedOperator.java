package io.vellamo.engine.group;

import org.jspecify.annotations.Nullable;

/**
 * A stateful operator, as it handles one group: the contract of users' functions and of all
 * built-in operators.
 *
 * <p><b>Order</b> In each epoch, a group is called once with its events, or once without any if its
 * timeout has passed.
 *
 * <p><b>Threading</b> Shared by all groups; a group is called by one thread at a time.
 *
 * <p><b>Failure</b> Exceptions and errors of a call are rethrown, and its effects are discarded.
 *
 * @param <K> the keys
 * @param <V> the events
 * @param <S> the states
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
   * Takes the timeout of a group, which has passed.
   *
   * @param key the group's key
   * @param group its state, its timeout and the clocks
   * @param rows takes the rows, in order
   */
  void onTimeout(K key, KeyedState<S> group, Rows<U> rows) throws Exception;
}

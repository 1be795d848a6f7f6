package io.vellamo.api.group;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A user's function from a group's events and state to exactly one row.
 *
 * <p>The contract of {@link FlatMapGroupsWithStateFunction} applies. Timeout calls must return a
 * row too.
 *
 * @param <K> the key type; null is a valid key
 * @param <V> the event type
 * @param <S> the state type
 * @param <U> the row type
 * @since 0.1
 */
@FunctionalInterface
public interface MapGroupsWithStateFunction<K extends @Nullable Object, V, S, U> {
  /**
   * Handles one group in one epoch.
   *
   * @param key the group's key
   * @param events the group's new events, in source order; can be read once
   * @param state the group's state
   * @return the row to emit; must not be null
   * @throws Exception if the events can't be handled
   */
  U call(K key, Iterator<V> events, GroupState<S> state) throws Exception;
}

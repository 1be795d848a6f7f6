package io.vellamo.api.group;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A user's function from a group's events and state to exactly one row.
 *
 * <p>The rules of {@link FlatMapGroupsWithStateFunction} hold; a row is due in timeout calls too.
 *
 * @param <K> the grouping key; null is a key like any other
 * @param <V> the events
 * @param <S> the state
 * @param <U> the rows
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

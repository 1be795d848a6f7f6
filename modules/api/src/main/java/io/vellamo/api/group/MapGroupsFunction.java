package io.vellamo.api.group;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A user's function from all events of a group to exactly one row, for batches.
 *
 * <p>The contract of {@link FlatMapGroupsFunction} applies.
 *
 * @param <K> the key type; null is a valid key
 * @param <V> the event type
 * @param <U> the row type
 * @since 0.1
 */
@FunctionalInterface
public interface MapGroupsFunction<K extends @Nullable Object, V, U> {
  /**
   * Handles one group.
   *
   * @param key the group's key
   * @param events all its events, in source order; can be read once
   * @return the row to emit; must not be null
   * @throws Exception if the events can't be handled
   */
  U call(K key, Iterator<V> events) throws Exception;
}

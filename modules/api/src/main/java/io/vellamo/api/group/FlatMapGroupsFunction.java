package io.vellamo.api.group;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A user's function from all events of a group to any number of rows, for batches.
 *
 * <p><b>Order</b> Called once per group, with all its events in source order, which can be read
 * once. The returned iterator is consumed immediately.
 *
 * <p><b>Threading</b> One instance serves all groups and must be stateless.
 *
 * <p><b>Failure</b> An exception fails the batch, and nothing reaches the sink.
 *
 * @param <K> the key type; null is a valid key
 * @param <V> the event type
 * @param <U> the row type
 * @since 0.1
 */
@FunctionalInterface
public interface FlatMapGroupsFunction<K extends @Nullable Object, V, U> {
  /**
   * Handles one group.
   *
   * @param key the group's key
   * @param events all its events, in source order; can be read once
   * @return the rows to emit; must not be null
   * @throws Exception if the events can't be handled
   */
  Iterator<U> call(K key, Iterator<V> events) throws Exception;
}

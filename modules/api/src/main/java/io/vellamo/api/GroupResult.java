package io.vellamo.api;

import io.vellamo.api.aggregate.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The results of the aggregates of one group.
 *
 * <p><b>Threading</b> Use it only within the call that it is passed to.
 *
 * @param <K> the keys
 * @since 0.1
 */
public sealed interface GroupResult<K extends @Nullable Object> permits WindowResult {
  /**
   * Returns the group's key.
   *
   * @return null for a group without key, or if null is the key
   */
  K key();

  /**
   * Returns the result of an aggregate.
   *
   * @param aggregate one of the aggregation's aggregates, the same instance
   * @param <R> the results
   * @return the result; null if the events of the group have none, as its aggregate says
   * @throws IllegalArgumentException if the aggregate is not one of the aggregation
   */
  <R extends @Nullable Object> R get(Aggregate<?, R> aggregate);
}

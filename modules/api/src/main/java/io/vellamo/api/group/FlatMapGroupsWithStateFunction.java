package io.vellamo.api.group;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A user's function from a group's events and state to any number of rows.
 *
 * <p><b>Order</b> Called once per group and epoch: with the group's events in source order, or,
 * when its timeout has passed, without events and with {@link GroupState#hasTimedOut} true. Events
 * can be read once; unread events are skipped. The returned iterator is consumed immediately and
 * may still change the state. An error policy may repeat a call that threw, or pass its events one
 * at a time.
 *
 * <p><b>Threading</b> One instance serves all groups concurrently, so it must be stateless; state
 * belongs in the {@link GroupState}.
 *
 * <p><b>Failure</b> By default an exception fails the query with a message that names query, epoch,
 * key and source position, and nothing of the epoch reaches the sink. {@code QueryBuilder.onError}
 * chooses otherwise.
 *
 * @param <K> the key type; null is a valid key
 * @param <V> the event type
 * @param <S> the state type
 * @param <U> the row type
 * @since 0.1
 */
@FunctionalInterface
public interface FlatMapGroupsWithStateFunction<K extends @Nullable Object, V, S, U> {
  /**
   * Handles one group in one epoch.
   *
   * @param key the group's key
   * @param events the group's new events, in source order; can be read once
   * @param state the group's state
   * @return the rows to emit; must not be null
   * @throws Exception if the events can't be handled
   */
  Iterator<U> call(K key, Iterator<V> events, GroupState<S> state) throws Exception;
}

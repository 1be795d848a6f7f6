package io.vellamo.api.group;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A user's function from a group's events and state to any number of rows.
 *
 * <p><b>Order</b> Called once for a group and epoch: with the group's events in source order, or,
 * when its timeout has passed, with none and {@link GroupState#hasTimedOut} true. Events can be
 * read once; those left unread are skipped. The returned iterator is consumed at once, and state
 * may still be changed from inside it.
 *
 * <p><b>Threading</b> One instance serves all groups at the same time, so it must be stateless:
 * what it keeps belongs into the {@link GroupState}.
 *
 * <p><b>Failure</b> An exception fails the query, names query, epoch, key and source position, and
 * nothing of the epoch reaches the sink.
 *
 * @param <K> the grouping key; null is a key like any other
 * @param <V> the events
 * @param <S> the state
 * @param <U> the rows
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

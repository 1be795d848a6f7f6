package io.vellamo.api.internal;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsFunction;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A function without state that must get all events of a group at once, which only a batch
 * provides.
 *
 * @param function the user's function
 * @param <K> the key type
 * @param <V> the event type
 * @param <U> the row type
 * @since 0.1
 */
public record WholeGroups<K extends @Nullable Object, V, U>(FlatMapGroupsFunction<K, V, U> function)
    implements FlatMapGroupsWithStateFunction<K, V, Boolean, U> {
  public WholeGroups {
    requireNonNull(function, "function");
  }

  @Override
  public Iterator<U> call(K key, Iterator<V> events, GroupState<Boolean> state) throws Exception {
    return function.call(key, events);
  }
}

package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.KeyValue;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** A reduction of a group's events to one value, which is the group's state and its row. */
record Reduction<K extends @Nullable Object, V>(BinaryOperator<V> function)
    implements FlatMapGroupsWithStateFunction<K, V, V, KeyValue<K, V>> {
  Reduction {
    requireNonNull(function, "function");
  }

  @Override
  public Iterator<KeyValue<K, V>> call(K key, Iterator<V> events, GroupState<V> state) {
    if (!events.hasNext()) {
      return Collections.emptyIterator();
    }
    V reduced = state.exists() ? state.get() : events.next();
    while (events.hasNext()) {
      reduced = requireNonNull(function.apply(reduced, events.next()), "the function's result");
    }
    state.update(reduced);
    return Collections.singletonList(new KeyValue<>(key, reduced)).iterator();
  }
}

package io.vellamo.engine.group;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * An operator that calls a user's function, with the events of a group or, for its timeout, without
 * any.
 *
 * @param function the user's function
 * @param <K> the keys
 * @param <V> the events
 * @param <S> the states
 * @param <U> the rows
 */
public record FunctionOperator<K extends @Nullable Object, V, S, U>(
    FlatMapGroupsWithStateFunction<K, V, S, U> function) implements KeyedOperator<K, V, S, U> {
  @Override
  public void onEvents(K key, KeyedEvents<V> events, KeyedState<S> group, Rows<U> rows)
      throws Exception {
    emit(function.call(key, events, group), rows);
  }

  @Override
  public void onTimeout(K key, KeyedState<S> group, Rows<U> rows) throws Exception {
    emit(function.call(key, Collections.emptyIterator(), group), rows);
  }

  private static <U> void emit(@Nullable Iterator<U> emitted, Rows<U> rows) {
    if (emitted == null) {
      throw new NullPointerException(
          "the function's result must not be null; return an empty iterator for no rows");
    }
    while (emitted.hasNext()) {
      rows.emit(emitted.next());
    }
  }
}

package io.vellamo.api.aggregate;

import io.vellamo.api.TypeRef;
import io.vellamo.api.group.StateType;
import org.jspecify.annotations.Nullable;

/**
 * The value of the event with the least or greatest rank. The names of the components are part of
 * the stored form.
 *
 * @param rank the rank; null if no event has one
 * @param value the value of that event
 * @param <T> the values
 * @param <R> the ranks
 */
record RankedValue<T, R>(@Nullable R rank, @Nullable T value) {
  static <T, R> RankedValue<T, R> none() {
    return new RankedValue<>(null, null);
  }

  static <T, R> StateType<RankedValue<T, R>> type(Class<T> valueClass, Class<R> rankClass) {
    return StateType.of(TypeRef.<RankedValue<T, R>>of(RankedValue.class, valueClass, rankClass));
  }
}

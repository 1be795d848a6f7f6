package io.vellamo.api.aggregate;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.StateType;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The events, reduced to one event. */
final class ReduceAggregator<V> implements Aggregator<V, KeptValue<V>, @Nullable V> {
  private final BinaryOperator<V> function;
  private final StateType<KeptValue<V>> type;

  ReduceAggregator(BinaryOperator<V> function, StateType<KeptValue<V>> type) {
    this.function = requireNonNull(function, "function");
    this.type = type;
  }

  @Override
  public KeptValue<V> zero() {
    return KeptValue.none();
  }

  @Override
  public KeptValue<V> reduce(KeptValue<V> buffer, V event) {
    V before = buffer.value();
    return KeptValue.of(before == null ? event : reduced(before, event));
  }

  @Override
  public KeptValue<V> merge(KeptValue<V> left, KeptValue<V> right) {
    V later = right.value();
    return later == null ? left : reduce(left, later);
  }

  private V reduced(V before, V event) {
    return requireNonNull(function.apply(before, event), "the function's result");
  }

  @Override
  @SuppressWarnings("NullAway") // OUT is @Nullable V
  public @Nullable V finish(KeptValue<V> buffer) {
    return buffer.value();
  }

  @Override
  public StateType<KeptValue<V>> bufferType() {
    return type;
  }
}

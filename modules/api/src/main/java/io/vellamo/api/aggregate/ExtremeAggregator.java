package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The least value of an order; among equal values the first. */
final class ExtremeAggregator<IN, T> implements Aggregator<IN, KeptValue<T>, @Nullable T> {
  private final Function<? super IN, ? extends @Nullable T> value;
  private final Comparator<? super T> order;
  private final StateType<KeptValue<T>> type;

  ExtremeAggregator(
      Function<? super IN, ? extends @Nullable T> value,
      Comparator<? super T> order,
      StateType<KeptValue<T>> type) {
    this.value = value;
    this.order = order;
    this.type = type;
  }

  @Override
  public KeptValue<T> zero() {
    return KeptValue.none();
  }

  @Override
  public KeptValue<T> reduce(KeptValue<T> buffer, IN event) {
    T added = value.apply(event);
    return added != null && isBefore(added, buffer) ? KeptValue.of(added) : buffer;
  }

  @Override
  public KeptValue<T> merge(KeptValue<T> left, KeptValue<T> right) {
    T added = right.value();
    return added != null && isBefore(added, left) ? right : left;
  }

  private boolean isBefore(T added, KeptValue<T> buffer) {
    T kept = buffer.value();
    return kept == null || order.compare(added, kept) < 0;
  }

  @Override
  @SuppressWarnings("NullAway") // OUT is @Nullable T
  public @Nullable T finish(KeptValue<T> buffer) {
    return buffer.value();
  }

  @Override
  public StateType<KeptValue<T>> bufferType() {
    return type;
  }
}

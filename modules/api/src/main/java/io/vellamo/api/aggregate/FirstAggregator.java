package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The value of the first event, or the first that is not null. */
final class FirstAggregator<IN, T> implements Aggregator<IN, KeptValue<T>, @Nullable T> {
  private final Function<? super IN, ? extends @Nullable T> value;
  private final boolean ignoresNull;
  private final StateType<KeptValue<T>> type;

  FirstAggregator(
      Function<? super IN, ? extends @Nullable T> value,
      boolean ignoresNull,
      StateType<KeptValue<T>> type) {
    this.value = value;
    this.ignoresNull = ignoresNull;
    this.type = type;
  }

  @Override
  public KeptValue<T> zero() {
    return KeptValue.none();
  }

  @Override
  public KeptValue<T> reduce(KeptValue<T> buffer, IN event) {
    if (buffer.exists()) {
      return buffer;
    }
    T first = value.apply(event);
    return first == null && ignoresNull ? buffer : KeptValue.of(first);
  }

  @Override
  public KeptValue<T> merge(KeptValue<T> left, KeptValue<T> right) {
    return left.exists() ? left : right;
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

  @Override
  public boolean isOrderSensitive() {
    return true;
  }
}

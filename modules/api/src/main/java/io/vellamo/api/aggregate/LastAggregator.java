package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The value of the last event, or the last that is not null. */
final class LastAggregator<IN, T> implements Aggregator<IN, KeptValue<T>, @Nullable T> {
  private final Function<? super IN, ? extends @Nullable T> value;
  private final boolean ignoresNull;
  private final StateType<KeptValue<T>> type;

  LastAggregator(
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
    T last = value.apply(event);
    return last == null && ignoresNull ? buffer : KeptValue.of(last);
  }

  @Override
  public KeptValue<T> merge(KeptValue<T> left, KeptValue<T> right) {
    return right.exists() ? right : left;
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

package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The value of the event with the least rank of an order; among equal ranks the last, as in Spark.
 */
final class RankedAggregator<IN, T, R> implements Aggregator<IN, RankedValue<T, R>, @Nullable T> {
  private final Function<? super IN, ? extends @Nullable T> value;
  private final Function<? super IN, ? extends @Nullable R> rank;
  private final Comparator<? super R> order;
  private final StateType<RankedValue<T, R>> type;

  RankedAggregator(
      Function<? super IN, ? extends @Nullable T> value,
      Function<? super IN, ? extends @Nullable R> rank,
      Comparator<? super R> order,
      StateType<RankedValue<T, R>> type) {
    this.value = value;
    this.rank = rank;
    this.order = order;
    this.type = type;
  }

  @Override
  public RankedValue<T, R> zero() {
    return RankedValue.none();
  }

  @Override
  public RankedValue<T, R> reduce(RankedValue<T, R> buffer, IN event) {
    R added = rank.apply(event);
    return added != null && replaces(added, buffer)
        ? new RankedValue<>(added, value.apply(event))
        : buffer;
  }

  @Override
  public RankedValue<T, R> merge(RankedValue<T, R> left, RankedValue<T, R> right) {
    R added = right.rank();
    return added != null && replaces(added, left) ? right : left;
  }

  private boolean replaces(R added, RankedValue<T, R> buffer) {
    R kept = buffer.rank();
    return kept == null || order.compare(added, kept) <= 0;
  }

  @Override
  @SuppressWarnings("NullAway") // OUT is @Nullable T
  public @Nullable T finish(RankedValue<T, R> buffer) {
    return buffer.value();
  }

  @Override
  public StateType<RankedValue<T, R>> bufferType() {
    return type;
  }

  /** Equal ranks make the order of events matter. */
  @Override
  public boolean isOrderSensitive() {
    return true;
  }
}

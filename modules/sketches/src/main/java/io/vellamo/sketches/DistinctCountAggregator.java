package io.vellamo.sketches;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The number of distinct values. */
final class DistinctCountAggregator<IN> implements Aggregator<IN, DistinctCount, Long> {
  private final Function<? super IN, ? extends @Nullable Object> value;
  private final int precision;
  private final StateType<DistinctCount> bufferType;

  DistinctCountAggregator(Function<? super IN, ? extends @Nullable Object> value, int precision) {
    this.value = requireNonNull(value, "value");
    this.precision = precision;
    this.bufferType = StateType.of(DistinctCount.class).codec(new DistinctCountForm(precision));
  }

  @Override
  public DistinctCount zero() {
    return DistinctCount.of(new long[0], precision);
  }

  @Override
  public DistinctCount reduce(DistinctCount buffer, IN event) {
    Object counted = value.apply(event);
    if (counted != null) {
      buffer.add(ValueHash.of(counted));
    }
    return buffer;
  }

  @Override
  public DistinctCount merge(DistinctCount left, DistinctCount right) {
    left.addAll(right);
    return left;
  }

  @Override
  public Long finish(DistinctCount buffer) {
    return buffer.estimate();
  }

  @Override
  public StateType<DistinctCount> bufferType() {
    return bufferType;
  }
}

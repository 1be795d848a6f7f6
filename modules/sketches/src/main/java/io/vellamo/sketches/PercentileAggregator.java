package io.vellamo.sketches;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The numbers of a group, from whose buffer each of {@link Percentiles} reads its result. */
final class PercentileAggregator<IN> implements Aggregator<IN, PercentileBuffer, PercentileBuffer> {
  private final Function<? super IN, ? extends @Nullable Number> number;
  private final int compression;
  private final StateType<PercentileBuffer> bufferType;

  PercentileAggregator(Function<? super IN, ? extends @Nullable Number> number, int compression) {
    this.number = requireNonNull(number, "number");
    this.compression = compression;
    this.bufferType = StateType.of(PercentileBuffer.class).codec(new PercentileForm(compression));
  }

  @Override
  public PercentileBuffer zero() {
    return PercentileBuffer.empty(compression);
  }

  @Override
  public PercentileBuffer reduce(PercentileBuffer buffer, IN event) {
    Number added = number.apply(event);
    if (added != null) {
      buffer.add(added.doubleValue());
    }
    return buffer;
  }

  @Override
  public PercentileBuffer merge(PercentileBuffer left, PercentileBuffer right) {
    left.addAll(right);
    return left;
  }

  @Override
  public PercentileBuffer finish(PercentileBuffer buffer) {
    return buffer;
  }

  @Override
  public StateType<PercentileBuffer> bufferType() {
    return bufferType;
  }
}

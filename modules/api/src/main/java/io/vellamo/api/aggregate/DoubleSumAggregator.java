package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The compensated sum of doubles, or a result of it. */
final class DoubleSumAggregator<IN, R extends @Nullable Object>
    implements Aggregator<IN, DoubleSum, R> {
  private final Function<? super IN, ? extends @Nullable Double> value;
  private final Function<DoubleSum, R> result;

  DoubleSumAggregator(
      Function<? super IN, ? extends @Nullable Double> value, Function<DoubleSum, R> result) {
    this.value = value;
    this.result = result;
  }

  @Override
  public DoubleSum zero() {
    return new DoubleSum();
  }

  @Override
  public DoubleSum reduce(DoubleSum buffer, IN event) {
    Double added = value.apply(event);
    if (added != null) {
      buffer.add(added);
    }
    return buffer;
  }

  @Override
  public DoubleSum merge(DoubleSum left, DoubleSum right) {
    left.add(right);
    return left;
  }

  @Override
  public R finish(DoubleSum buffer) {
    return result.apply(buffer);
  }

  @Override
  public StateType<DoubleSum> bufferType() {
    return DoubleSum.TYPE;
  }
}

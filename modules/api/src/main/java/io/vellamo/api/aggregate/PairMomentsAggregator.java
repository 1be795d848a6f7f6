package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The moments of pairs of values; its own result is their number. */
final class PairMomentsAggregator<IN> implements Aggregator<IN, PairMoments, Long> {
  private final Function<? super IN, ? extends @Nullable Double> x;
  private final Function<? super IN, ? extends @Nullable Double> y;

  PairMomentsAggregator(
      Function<? super IN, ? extends @Nullable Double> x,
      Function<? super IN, ? extends @Nullable Double> y) {
    this.x = x;
    this.y = y;
  }

  @Override
  public PairMoments zero() {
    return new PairMoments();
  }

  @Override
  public PairMoments reduce(PairMoments buffer, IN event) {
    Double valueX = x.apply(event);
    Double valueY = y.apply(event);
    if (valueX != null && valueY != null) {
      buffer.add(valueX, valueY);
    }
    return buffer;
  }

  @Override
  public PairMoments merge(PairMoments left, PairMoments right) {
    left.add(right);
    return left;
  }

  @Override
  public Long finish(PairMoments buffer) {
    return buffer.count();
  }

  @Override
  public StateType<PairMoments> bufferType() {
    return PairMoments.TYPE;
  }
}

package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The exact sum of whole numbers, or a result of it. */
final class LongSumAggregator<IN, R extends @Nullable Object>
    implements Aggregator<IN, LongSum, R> {
  private final Function<? super IN, ? extends @Nullable Long> value;
  private final boolean isLong;
  private final Function<LongSum, R> result;

  private LongSumAggregator(
      Function<? super IN, ? extends @Nullable Long> value,
      boolean isLong,
      Function<LongSum, R> result) {
    this.value = value;
    this.isLong = isLong;
    this.result = result;
  }

  static <IN> LongSumAggregator<IN, @Nullable Long> sum(
      Function<? super IN, ? extends @Nullable Long> value) {
    return new LongSumAggregator<>(value, true, LongSum::sum);
  }

  static <IN> LongSumAggregator<IN, @Nullable Double> avg(
      Function<? super IN, ? extends @Nullable Long> value) {
    return new LongSumAggregator<>(value, false, LongSum::mean);
  }

  @Override
  public LongSum zero() {
    return new LongSum();
  }

  @Override
  public LongSum reduce(LongSum buffer, IN event) {
    Long added = value.apply(event);
    if (added != null) {
      requireLong(buffer, added);
      buffer.add(added);
    }
    return buffer;
  }

  @Override
  public LongSum merge(LongSum left, LongSum right) {
    requireLong(left, right.low());
    left.add(right);
    return left;
  }

  /** Checked before the buffer changes: the event may become a dead letter. */
  private void requireLong(LongSum sum, long added) {
    long result = sum.low() + added;
    boolean overflows = ((sum.low() ^ result) & (added ^ result)) < 0;
    if (isLong && overflows) {
      throw new ArithmeticException(
          "result of aggregate [sumOfLongs] must fit in a long, was the sum of [%d] and [%d]; use Aggregates.sum, which adds doubles"
              .formatted(sum.low(), added));
    }
  }

  @Override
  public R finish(LongSum buffer) {
    return result.apply(buffer);
  }

  @Override
  public StateType<LongSum> bufferType() {
    return LongSum.TYPE;
  }

  @Override
  public boolean isDeductible() {
    return true;
  }

  @Override
  public LongSum deduct(LongSum buffer, LongSum removed) {
    buffer.subtract(removed);
    return buffer;
  }
}

package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import java.util.function.Predicate;

/** The number of events that satisfy a predicate. */
final class CountAggregator<IN> implements Aggregator<IN, Long, Long> {
  private static final StateType<Long> TYPE =
      LayoutForm.type(
          Long.class,
          BufferLayout.COUNT,
          (count, out) -> out.writeCount(count),
          BufferReader::readCount);

  private final Predicate<? super IN> counted;

  CountAggregator(Predicate<? super IN> counted) {
    this.counted = counted;
  }

  @Override
  public Long zero() {
    return 0L;
  }

  @Override
  public Long reduce(Long buffer, IN event) {
    return counted.test(event) ? (Long) (buffer + 1) : buffer;
  }

  @Override
  public Long merge(Long left, Long right) {
    return Math.addExact(left, right);
  }

  @Override
  public Long finish(Long buffer) {
    return buffer;
  }

  @Override
  public StateType<Long> bufferType() {
    return TYPE;
  }

  @Override
  public boolean isDeductible() {
    return true;
  }

  @Override
  public Long deduct(Long buffer, Long removed) {
    return buffer - removed;
  }
}

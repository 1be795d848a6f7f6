package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;

/** The number of events. */
final class CountAggregator<IN> implements Aggregator<IN, Long, Long> {
  @Override
  public Long zero() {
    return 0L;
  }

  @Override
  public Long reduce(Long buffer, IN event) {
    return buffer + 1;
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
    return StateType.of(Long.class);
  }
}

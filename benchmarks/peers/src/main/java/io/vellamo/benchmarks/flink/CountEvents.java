package io.vellamo.benchmarks.flink;

import org.apache.flink.api.common.functions.AggregateFunction;

/**
 * The count of the events of a window.
 *
 * @param <T> the events
 */
final class CountEvents<T> implements AggregateFunction<T, Long, Long> {
  private static final long serialVersionUID = 1;

  @Override
  public Long createAccumulator() {
    return 0L;
  }

  @Override
  public Long add(T event, Long count) {
    return count + 1;
  }

  @Override
  public Long getResult(Long count) {
    return count;
  }

  @Override
  public Long merge(Long one, Long other) {
    return one + other;
  }
}

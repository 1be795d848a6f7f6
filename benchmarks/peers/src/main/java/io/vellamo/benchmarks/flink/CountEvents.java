package io.vellamo.benchmarks.flink;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.java.tuple.Tuple4;

/** W3's count of the events of a window. */
final class CountEvents
    implements AggregateFunction<Tuple4<Long, Long, Integer, Integer>, Long, Long> {
  private static final long serialVersionUID = 1;

  @Override
  public Long createAccumulator() {
    return 0L;
  }

  @Override
  public Long add(Tuple4<Long, Long, Integer, Integer> event, Long count) {
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

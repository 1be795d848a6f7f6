package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import io.vellamo.benchmarks.workload.Row;
import io.vellamo.benchmarks.workload.TopRows;

/** An aggregator that keeps the rows with the greatest {@code c}. */
record TopRowsAggregator() implements Aggregator<Row, TopRows, TopRows> {
  @Override
  public TopRows zero() {
    return TopRows.NONE;
  }

  @Override
  public TopRows reduce(TopRows top, Row row) {
    return top.with(row);
  }

  @Override
  public TopRows merge(TopRows left, TopRows right) {
    return left.and(right);
  }

  @Override
  public TopRows finish(TopRows top) {
    return top;
  }

  @Override
  public StateType<TopRows> bufferType() {
    return StateType.of(TopRows.class);
  }
}

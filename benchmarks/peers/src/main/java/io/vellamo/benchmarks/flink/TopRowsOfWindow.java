package io.vellamo.benchmarks.flink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.java.tuple.Tuple5;

/** The rows of a window with the greatest third field. */
final class TopRowsOfWindow
    implements AggregateFunction<
        Tuple5<Long, Long, Long, Long, Long>,
        List<Tuple5<Long, Long, Long, Long, Long>>,
        List<Tuple5<Long, Long, Long, Long, Long>>> {
  private static final long serialVersionUID = 1;

  @Override
  public List<Tuple5<Long, Long, Long, Long, Long>> createAccumulator() {
    return new ArrayList<>();
  }

  @Override
  public List<Tuple5<Long, Long, Long, Long, Long>> add(
      Tuple5<Long, Long, Long, Long, Long> row, List<Tuple5<Long, Long, Long, Long, Long>> top) {
    long most = top.isEmpty() ? Long.MIN_VALUE : top.get(0).f2;
    if (row.f2 > most) {
      top.clear();
    }
    if (row.f2 >= most) {
      top.add(row);
    }
    return top;
  }

  @Override
  public List<Tuple5<Long, Long, Long, Long, Long>> getResult(
      List<Tuple5<Long, Long, Long, Long, Long>> top) {
    return top;
  }

  @Override
  public List<Tuple5<Long, Long, Long, Long, Long>> merge(
      List<Tuple5<Long, Long, Long, Long, Long>> one,
      List<Tuple5<Long, Long, Long, Long, Long>> other) {
    List<Tuple5<Long, Long, Long, Long, Long>> top = one;
    for (Tuple5<Long, Long, Long, Long, Long> row : other) {
      top = add(row, top);
    }
    return top;
  }
}

package io.vellamo.benchmarks.flink;

import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** The row of a window that has ended: key, start and count. */
final class CountRow
    implements WindowFunction<Long, Tuple5<Long, Long, Long, Long, Long>, Long, TimeWindow> {
  private static final long serialVersionUID = 1;

  @Override
  public void apply(
      Long key,
      TimeWindow window,
      Iterable<Long> counts,
      Collector<Tuple5<Long, Long, Long, Long, Long>> out) {
    for (Long count : counts) {
      out.collect(Tuple5.of(key, window.getStart(), count, 0L, 0L));
    }
  }
}

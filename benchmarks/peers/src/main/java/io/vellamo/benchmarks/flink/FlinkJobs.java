package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.OpenWindows;
import io.vellamo.benchmarks.workload.Workload;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/** The workloads as Flink jobs. Events and rows are tuples, which Flink serializes fastest. */
final class FlinkJobs {
  /** Key, time, value and {@code seq}. */
  static final TypeInformation<Tuple4<Long, Long, Integer, Integer>> EVENT =
      Types.TUPLE(Types.LONG, Types.LONG, Types.INT, Types.INT);

  /** The five fields of a row. */
  static final TypeInformation<Tuple5<Long, Long, Long, Long, Long>> ROW =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.LONG, Types.LONG);

  private FlinkJobs() {}

  /** Returns the rows of a workload for the job with the given id. */
  static DataStream<Tuple5<Long, Long, Long, Long, Long>> rows(
      StreamExecutionEnvironment environment, Workload workload, String id) {
    KeyedStream<Tuple4<Long, Long, Integer, Integer>, Long> events =
        environment
            .fromSource(new PartSource(id), watermarks(workload), "data set", EVENT)
            .keyBy(event -> event.f0, Types.LONG);
    return switch (workload) {
      case W1 -> events.process(new Sessionize(), ROW);
      case W2 -> events.process(new RaiseAlerts(), ROW);
      case W3 ->
          events
              .window(TumblingEventTimeWindows.of(Duration.ofMillis(OpenWindows.LENGTH_MILLIS)))
              .aggregate(new CountEvents(), new CountRow(), Types.LONG, ROW);
      case W4 ->
          events
              .window(
                  SlidingEventTimeWindows.of(
                      Workload.LONG_WINDOW, Duration.ofMillis(OpenWindows.LENGTH_MILLIS)))
              .aggregate(new CountEvents(), new CountRow(), Types.LONG, ROW);
    };
  }

  private static WatermarkStrategy<Tuple4<Long, Long, Integer, Integer>> watermarks(
      Workload workload) {
    return workload == Workload.W2
        ? WatermarkStrategy.noWatermarks()
        : WatermarkStrategy.forBoundedOutOfOrderness(Workload.WATERMARK_DELAY);
  }
}

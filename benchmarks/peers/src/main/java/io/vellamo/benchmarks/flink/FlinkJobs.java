package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.ads.AdEvent;
import io.vellamo.benchmarks.nexmark.NexmarkEvent;
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
    return switch (workload) {
      case W1, W2, W3, W4 ->
          ofDataSet(
              workload,
              environment.fromSource(
                  new PartSource<>(id, PartFormat.DATA_SET),
                  watermarks(workload),
                  "data set",
                  EVENT));
      case Q5 -> GeneratedJobs.hotItems(auctionHouse(environment, id));
      case Q7 -> GeneratedJobs.highestBids(auctionHouse(environment, id));
      case Q8 -> GeneratedJobs.newUsers(auctionHouse(environment, id));
      case Q11 -> GeneratedJobs.sessions(auctionHouse(environment, id));
      case Q12 -> GeneratedJobs.bidsOfBidders(auctionHouse(environment, id));
      case YSB ->
          GeneratedJobs.campaigns(
              environment.fromSource(
                  new PartSource<>(id, PartFormat.ADS),
                  WatermarkStrategy.forBoundedOutOfOrderness(Workload.GENERATED_DELAY),
                  "ads",
                  Types.GENERIC(AdEvent.class)));
    };
  }

  private static DataStream<NexmarkEvent> auctionHouse(
      StreamExecutionEnvironment environment, String id) {
    return environment.fromSource(
        new PartSource<>(id, PartFormat.AUCTION_HOUSE),
        WatermarkStrategy.forBoundedOutOfOrderness(Workload.GENERATED_DELAY),
        "auction house",
        Types.GENERIC(NexmarkEvent.class));
  }

  private static DataStream<Tuple5<Long, Long, Long, Long, Long>> ofDataSet(
      Workload workload, DataStream<Tuple4<Long, Long, Integer, Integer>> dataSet) {
    KeyedStream<Tuple4<Long, Long, Integer, Integer>, Long> events =
        dataSet.keyBy(event -> event.f0, Types.LONG);
    return switch (workload) {
      case W1 -> events.process(new Sessionize(), ROW);
      case W2 -> events.process(new RaiseAlerts(), ROW);
      case W3 ->
          events
              .window(TumblingEventTimeWindows.of(Duration.ofMillis(OpenWindows.LENGTH_MILLIS)))
              .aggregate(new CountEvents<>(), new CountRow(), Types.LONG, ROW);
      case W4 ->
          events
              .window(
                  SlidingEventTimeWindows.of(
                      Workload.LONG_WINDOW, Duration.ofMillis(OpenWindows.LENGTH_MILLIS)))
              .aggregate(new CountEvents<>(), new CountRow(), Types.LONG, ROW);
      case Q5, Q7, Q8, Q11, Q12, YSB -> throw new AssertionError("has no data set: " + workload);
    };
  }

  private static WatermarkStrategy<Tuple4<Long, Long, Integer, Integer>> watermarks(
      Workload workload) {
    return workload == Workload.W2
        ? WatermarkStrategy.noWatermarks()
        : WatermarkStrategy.forBoundedOutOfOrderness(Workload.WATERMARK_DELAY);
  }
}

package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.ads.AdEvent;
import io.vellamo.benchmarks.ads.AdGenerator;
import io.vellamo.benchmarks.nexmark.NexmarkEvent;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Auction;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Bid;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Person;
import io.vellamo.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** The workloads whose events are generated, as Flink jobs. */
final class GeneratedJobs {
  /** The groups in which Q7 finds the highest bids of a window in parallel, before the highest. */
  private static final int GROUPS = 16;

  private GeneratedJobs() {}

  /** Returns the rows of Q5. */
  static DataStream<Tuple5<Long, Long, Long, Long, Long>> hotItems(
      DataStream<NexmarkEvent> events) {
    return top(
        counts(
            bids(events).map(Bid::auction, Types.LONG),
            SlidingEventTimeWindows.of(Workload.WINDOW, Workload.SLIDE)),
        Workload.SLIDE);
  }

  /** Returns the rows of Q7. */
  static DataStream<Tuple5<Long, Long, Long, Long, Long>> highestBids(
      DataStream<NexmarkEvent> events) {
    return top(
        bids(events)
            .map(GeneratedJobs::bidRow, FlinkJobs.ROW)
            .keyBy(row -> row.f0 % GROUPS, Types.LONG)
            .window(TumblingEventTimeWindows.of(Workload.WINDOW))
            .aggregate(
                new TopRowsOfWindow(),
                (group, window, tops, out) -> emit(tops, out),
                Types.LIST(FlinkJobs.ROW),
                FlinkJobs.ROW),
        Workload.WINDOW);
  }

  /** Returns the rows of Q8. */
  static DataStream<Tuple5<Long, Long, Long, Long, Long>> newUsers(
      DataStream<NexmarkEvent> events) {
    return events
        .filter(event -> !(event instanceof Bid))
        .map(GeneratedJobs::personCounts, Types.TUPLE(Types.LONG, Types.LONG, Types.LONG))
        .keyBy(counts -> counts.f0, Types.LONG)
        .window(TumblingEventTimeWindows.of(Workload.WINDOW))
        .reduce(
            (one, other) -> Tuple3.of(one.f0, one.f1 + other.f1, one.f2 + other.f2),
            (person, window, sums, out) ->
                sums.forEach(
                    sum -> {
                      if (sum.f1 > 0 && sum.f2 > 0) {
                        out.collect(Tuple5.of(person, window.getStart(), sum.f2, 0L, 0L));
                      }
                    }),
            FlinkJobs.ROW);
  }

  /** Returns the rows of Q11. */
  static DataStream<Tuple5<Long, Long, Long, Long, Long>> sessions(
      DataStream<NexmarkEvent> events) {
    return bids(events)
        .map(Bid::bidder, Types.LONG)
        .keyBy(bidder -> bidder, Types.LONG)
        .window(EventTimeSessionWindows.withGap(Workload.WINDOW))
        .aggregate(
            new CountEvents<>(),
            (bidder, session, counts, out) ->
                counts.forEach(
                    count ->
                        out.collect(
                            Tuple5.of(bidder, session.getStart(), session.getEnd(), count, 0L))),
            Types.LONG,
            FlinkJobs.ROW);
  }

  /** Returns the rows of Q12. */
  static DataStream<Tuple5<Long, Long, Long, Long, Long>> bidsOfBidders(
      DataStream<NexmarkEvent> events) {
    return bids(events)
        .map(Bid::bidder, Types.LONG)
        .keyBy(bidder -> bidder, Types.LONG)
        .process(new CountInProcessingTime(), FlinkJobs.ROW);
  }

  /** Returns the rows of YSB. */
  static DataStream<Tuple5<Long, Long, Long, Long, Long>> campaigns(DataStream<AdEvent> events) {
    return counts(
        events
            .filter(event -> event.action() == AdEvent.Action.VIEW)
            .map(view -> AdGenerator.campaignOf(view.ad()), Types.LONG),
        TumblingEventTimeWindows.of(Workload.WINDOW));
  }

  private static DataStream<Bid> bids(DataStream<NexmarkEvent> events) {
    return events
        .filter(event -> event instanceof Bid)
        .map(event -> (Bid) event, Types.GENERIC(Bid.class));
  }

  private static DataStream<Tuple5<Long, Long, Long, Long, Long>> counts(
      DataStream<Long> keys, WindowAssigner<Object, TimeWindow> windows) {
    return keys.keyBy(key -> key, Types.LONG)
        .window(windows)
        .aggregate(new CountEvents<>(), new CountRow(), Types.LONG, FlinkJobs.ROW);
  }

  private static DataStream<Tuple5<Long, Long, Long, Long, Long>> top(
      DataStream<Tuple5<Long, Long, Long, Long, Long>> rows, Duration width) {
    return rows.windowAll(TumblingEventTimeWindows.of(width))
        .aggregate(
            new TopRowsOfWindow(),
            (window, tops, out) -> emit(tops, out),
            Types.LIST(FlinkJobs.ROW),
            FlinkJobs.ROW);
  }

  /** Returns a person, and its registrations and auctions. */
  private static Tuple3<Long, Long, Long> personCounts(NexmarkEvent event) {
    return event instanceof Person person
        ? Tuple3.of(person.id(), 1L, 0L)
        : Tuple3.of(((Auction) event).seller(), 0L, 1L);
  }

  private static Tuple5<Long, Long, Long, Long, Long> bidRow(Bid bid) {
    long start = bid.timeMillis() - bid.timeMillis() % Workload.WINDOW.toMillis();
    return Tuple5.of(bid.auction(), bid.bidder(), bid.price(), bid.timeMillis(), start);
  }

  private static void emit(
      Iterable<List<Tuple5<Long, Long, Long, Long, Long>>> tops,
      Collector<Tuple5<Long, Long, Long, Long, Long>> out) {
    tops.forEach(top -> top.forEach(out::collect));
  }
}

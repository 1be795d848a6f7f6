package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.benchmarks.ads.AdEvent;
import io.vellamo.benchmarks.ads.AdGenerator;
import io.vellamo.benchmarks.nexmark.NexmarkEvent;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Auction;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Bid;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Person;
import io.vellamo.benchmarks.workload.Row;
import io.vellamo.benchmarks.workload.TopRows;
import io.vellamo.benchmarks.workload.Workload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The queries of the workloads whose events are generated. */
final class GeneratedQueries {
  private GeneratedQueries() {}

  /** Returns the rows of Q5. */
  static EventStream<Row> hotItems(EventStream<NexmarkEvent> events) {
    return bids(events)
        .groupBy(Bid::auction, Window.sliding(Workload.WINDOW, Workload.SLIDE))
        .aggregate(Aggregates.count(), GeneratedQueries::countRow)
        .named("bids-per-auction")
        // The counts of a window have its last millisecond as event time.
        .groupBy(Window.tumbling(Workload.SLIDE))
        .aggregate(top(), (all, window, top) -> top)
        .named("hot-items")
        .flatMap(TopRows::rows);
  }

  /** Returns the rows of Q7. */
  static EventStream<Row> highestBids(EventStream<NexmarkEvent> events) {
    return bids(events)
        .map(bid -> new Row(bid.auction(), bid.bidder(), bid.price(), bid.timeMillis(), 0))
        .groupBy(Window.tumbling(Workload.WINDOW))
        .aggregate(top(), GeneratedQueries::withStart)
        .flatMap(TopRows::rows);
  }

  /** Returns the rows of Q8. */
  static EventStream<Row> newUsers(EventStream<NexmarkEvent> events) {
    return timed(events)
        .filter(event -> !(event instanceof Bid))
        .groupBy(
            event -> event instanceof Person person ? person.id() : ((Auction) event).seller(),
            Long.class,
            Window.tumbling(Workload.WINDOW))
        .aggregate(
            Aggregates.countIf(Person.class::isInstance),
            Aggregates.countIf(Auction.class::isInstance),
            (person, window, registrations, auctions) ->
                new Row(
                    person, window.start().toEpochMilli(), registrations > 0 ? auctions : 0, 0, 0))
        .filter(row -> row.c() > 0);
  }

  /** Returns the rows of Q11. */
  static EventStream<Row> sessions(EventStream<NexmarkEvent> events) {
    return bids(events)
        .groupBy(Bid::bidder, Window.<Bid>session(Workload.WINDOW))
        .aggregate(
            Aggregates.count(),
            (bidder, session, count) ->
                new Row(
                    bidder,
                    session.start().toEpochMilli(),
                    session.end().toEpochMilli(),
                    count,
                    0));
  }

  /** Returns the rows of Q12. */
  static EventStream<Row> bidsOfBidders(EventStream<NexmarkEvent> events) {
    return bids(events)
        .groupByKey(Bid::bidder)
        .process(OutputMode.APPEND, new CountInProcessingTime<>());
  }

  /** Returns the rows of YSB. */
  static EventStream<Row> campaigns(EventStream<AdEvent> events) {
    return events
        .withWatermark(event -> Instant.ofEpochMilli(event.timeMillis()), Workload.GENERATED_DELAY)
        .filter(event -> event.action() == AdEvent.Action.VIEW)
        .groupBy(view -> AdGenerator.campaignOf(view.ad()), Window.tumbling(Workload.WINDOW))
        .aggregate(Aggregates.count(), GeneratedQueries::countRow);
  }

  private static EventStream<Bid> bids(EventStream<NexmarkEvent> events) {
    return timed(events).filter(Bid.class::isInstance).map(Bid.class::cast);
  }

  private static EventStream<NexmarkEvent> timed(EventStream<NexmarkEvent> events) {
    return events.withWatermark(
        event -> Instant.ofEpochMilli(event.timeMillis()), Workload.GENERATED_DELAY);
  }

  private static Aggregate<Row, TopRows> top() {
    return Aggregate.of("top", new TopRowsAggregator());
  }

  private static Row countRow(Long key, Window window, Long count) {
    return new Row(key, window.start().toEpochMilli(), count, 0, 0);
  }

  private static TopRows withStart(@Nullable Void all, Window window, TopRows top) {
    return top.startingAt(window.start().toEpochMilli());
  }
}

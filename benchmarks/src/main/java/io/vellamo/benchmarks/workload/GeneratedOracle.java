package io.vellamo.benchmarks.workload;

import io.vellamo.benchmarks.ads.AdEvent;
import io.vellamo.benchmarks.ads.AdGenerator;
import io.vellamo.benchmarks.nexmark.NexmarkEvent;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Auction;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Bid;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Person;
import io.vellamo.benchmarks.nexmark.NexmarkGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The counterpart of {@link Oracle} for workloads whose events are generated: it keeps all windows
 * in maps, until the input has ended.
 */
final class GeneratedOracle {
  private static final long WINDOW = 10_000;
  private static final long SLIDE = 2_000;

  private GeneratedOracle() {}

  /** Returns the checksum of a workload's rows on a number of events. */
  static Checksum of(Workload workload, int events) {
    List<Row> rows =
        switch (workload) {
          case Q5 -> hotItems(bids(events));
          case Q7 -> highestBids(bids(events));
          case Q8 -> newUsers(events);
          case Q11 -> sessions(bids(events));
          case Q12 -> bidsOfBidders(bids(events));
          case YSB -> campaigns(events);
          case W1, W2, W3, W4 ->
              throw new IllegalArgumentException(
                  "the events of a workload must be generated, was [%s]".formatted(workload));
        };
    return rows.stream().reduce(Checksum.NONE, Checksum::plus, Checksum::plus);
  }

  private static List<Row> hotItems(Stream<Bid> bids) {
    Map<Long, Map<Long, Long>> counts = new TreeMap<>();
    bids.forEach(
        bid -> {
          for (long start = start(bid.timeMillis(), SLIDE);
              start > bid.timeMillis() - WINDOW;
              start -= SLIDE) {
            counts
                .computeIfAbsent(start, window -> new HashMap<>())
                .merge(bid.auction(), 1L, Long::sum);
          }
        });
    List<Row> rows = new ArrayList<>();
    counts.forEach(
        (start, ofWindow) -> {
          long most = Collections.max(ofWindow.values());
          ofWindow.forEach(
              (auction, count) -> {
                if (count == most) {
                  rows.add(new Row(auction, start, count, 0, 0));
                }
              });
        });
    return rows;
  }

  private static List<Row> highestBids(Stream<Bid> bids) {
    Map<Long, List<Bid>> windows = new TreeMap<>();
    bids.forEach(
        bid ->
            windows
                .computeIfAbsent(start(bid.timeMillis(), WINDOW), window -> new ArrayList<>())
                .add(bid));
    List<Row> rows = new ArrayList<>();
    windows.forEach(
        (start, ofWindow) -> {
          long highest = ofWindow.stream().mapToLong(Bid::price).max().orElseThrow();
          ofWindow.stream()
              .filter(bid -> bid.price() == highest)
              .map(bid -> new Row(bid.auction(), bid.bidder(), highest, bid.timeMillis(), start))
              .forEach(rows::add);
        });
    return rows;
  }

  private static List<Row> newUsers(int events) {
    List<NexmarkEvent> all =
        IntStream.range(0, events).mapToObj(new NexmarkGenerator()::event).toList();
    Map<Long, List<Auction>> auctions =
        all.stream()
            .filter(Auction.class::isInstance)
            .map(Auction.class::cast)
            .collect(Collectors.groupingBy(Auction::seller));
    return all.stream()
        .filter(Person.class::isInstance)
        .map(Person.class::cast)
        .map(person -> newUser(person, auctions.getOrDefault(person.id(), List.of())))
        .filter(row -> row.c() > 0)
        .toList();
  }

  private static Row newUser(Person person, List<Auction> auctions) {
    long start = start(person.timeMillis(), WINDOW);
    long count =
        auctions.stream().filter(auction -> start(auction.timeMillis(), WINDOW) == start).count();
    return new Row(person.id(), start, count, 0, 0);
  }

  private static List<Row> sessions(Stream<Bid> bids) {
    Map<Long, List<Bid>> bidders = bids.collect(Collectors.groupingBy(Bid::bidder));
    List<Row> rows = new ArrayList<>();
    bidders.forEach(
        (bidder, all) -> {
          int first = 0;
          for (int i = 0; i < all.size(); i++) {
            long time = all.get(i).timeMillis();
            if (i + 1 == all.size() || all.get(i + 1).timeMillis() - time > WINDOW) {
              long start = all.get(first).timeMillis();
              rows.add(new Row(bidder, start, time + WINDOW, i + 1 - first, 0));
              first = i + 1;
            }
          }
        });
    return rows;
  }

  /** The sums that the counts of all windows must give. */
  private static List<Row> bidsOfBidders(Stream<Bid> bids) {
    return bids
        .collect(Collectors.groupingBy(Bid::bidder, Collectors.counting()))
        .entrySet()
        .stream()
        .map(count -> new Row(count.getKey(), 0, count.getValue(), 0, 0))
        .toList();
  }

  private static List<Row> campaigns(int events) {
    Map<Long, Map<Long, Long>> counts = new TreeMap<>();
    AdGenerator generator = new AdGenerator();
    IntStream.range(0, events)
        .mapToObj(generator::event)
        .filter(event -> event.action() == AdEvent.Action.VIEW)
        .forEach(
            view ->
                counts
                    .computeIfAbsent(start(view.timeMillis(), WINDOW), window -> new HashMap<>())
                    .merge(AdGenerator.campaignOf(view.ad()), 1L, Long::sum));
    List<Row> rows = new ArrayList<>();
    counts.forEach(
        (start, ofWindow) ->
            ofWindow.forEach((campaign, count) -> rows.add(new Row(campaign, start, count, 0, 0))));
    return rows;
  }

  private static Stream<Bid> bids(int events) {
    NexmarkGenerator generator = new NexmarkGenerator();
    return IntStream.range(0, events)
        .mapToObj(generator::event)
        .filter(Bid.class::isInstance)
        .map(Bid.class::cast);
  }

  /** Returns the latest start of a window that isn't after a time. */
  private static long start(long timeMillis, long every) {
    return timeMillis - timeMillis % every;
  }
}

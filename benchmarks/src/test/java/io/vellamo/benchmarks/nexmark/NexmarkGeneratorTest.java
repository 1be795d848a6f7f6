package io.vellamo.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.vellamo.benchmarks.nexmark.NexmarkEvent.Auction;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Bid;
import io.vellamo.benchmarks.nexmark.NexmarkEvent.Person;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class NexmarkGeneratorTest {
  private static final int EVENTS = 500_000;

  private final NexmarkGenerator generator = new NexmarkGenerator();

  @Test
  void fiftyEvents_areOnePersonThreeAuctionsAndBids() {
    assertThat(events(EVENTS, Person.class)).hasSize(EVENTS / 50);
    assertThat(events(EVENTS, Auction.class)).hasSize(3 * EVENTS / 50);
    assertThat(events(EVENTS, Bid.class)).hasSize(46 * EVENTS / 50);
  }

  @Test
  void ids_areConsecutive() {
    assertThat(events(200, Person.class))
        .extracting(Person::id)
        .containsExactly(1000L, 1001L, 1002L, 1003L);
    assertThat(events(EVENTS, Auction.class).stream().mapToLong(Auction::id).toArray())
        .isEqualTo(LongStream.range(1000, 1000 + 3 * EVENTS / 50).toArray());
  }

  @Test
  void events_areTenEachMillisecond() {
    assertThat(List.of(time(0), time(9), time(10), time(100_000)))
        .extracting(time -> time - Instant.parse("2024-01-01T00:00:00Z").toEpochMilli())
        .containsExactly(0L, 0L, 1L, 10_000L);
  }

  @Test
  void bids_areForTheHotAuctionAndByTheHotPersonInTheDefinedShares() {
    assertThat(share(Bid.class, bid -> (bid.auction() - 1000) % 100 == 0))
        .isCloseTo(0.5, offset(0.01));
    assertThat(share(Bid.class, bid -> (bid.bidder() - 1000) % 100 == 1))
        .isCloseTo(0.75, offset(0.01));
    assertThat(share(Auction.class, auction -> (auction.seller() - 1000) % 100 == 0))
        .isCloseTo(0.75, offset(0.01));
  }

  @Test
  void bids_areForRecentAuctionsByActivePersons() {
    for (int number = 4; number < EVENTS; number += 50) {
      Bid bid = (Bid) generator.event(number);
      long lastAuction = 1000 + 3L * (number / 50) + 2;
      long lastPerson = 1000L + number / 50;

      assertThat(bid.auction()).isBetween(lastAuction - 100, lastAuction + 10);
      assertThat(bid.bidder()).isBetween(lastPerson - 1000, lastPerson + 10);
      assertThat(bid.price()).isBetween(100L, 100_000_000L);
    }
  }

  @Test
  void event_ofANumber_isTheSameEachTime() {
    assertThat(generator.event(1234)).isEqualTo(new NexmarkGenerator().event(1234));
  }

  private <T extends NexmarkEvent> List<T> events(int count, Class<T> kind) {
    return IntStream.range(0, count)
        .mapToObj(generator::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private long time(int number) {
    return generator.event(number).timeMillis();
  }

  private <T extends NexmarkEvent> double share(Class<T> kind, Predicate<T> which) {
    List<T> all = events(EVENTS, kind);
    return all.stream().filter(which).count() / (double) all.size();
  }
}

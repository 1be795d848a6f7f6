package io.vellamo.benchmarks.nexmark;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A generator of NEXMark's events [1] with the default parameters of its implementations for Beam
 * [2] and Flink [3].
 *
 * <p>Of 50 events, one is a person, three are auctions, and 46 are bids; there are 10,000 events a
 * second of event time, in order. Half of the bids are for a hot auction, which changes every 100
 * auctions; the others are for one of the last 100 auctions. Three in four bids are by a hot
 * person, and three in four auctions too, which changes every 100 persons; the others are by one of
 * the last 1,000 persons. Some bids and sellers are ahead of the auction or person that they name.
 * Random numbers are this generator's own, and fields that no query reads are left out.
 *
 * <p>[1] P. Tucker, K. Tufte, V. Papadimos, D. Maier, NEXMark: A Benchmark for Queries over Data
 * Streams, 2002.
 *
 * <p>[2] Apache Beam, <a
 * href="https://beam.apache.org/documentation/sdks/java/testing/nexmark/">Nexmark benchmark
 * suite</a>.
 *
 * <p>[3] <a href="https://github.com/nexmark/nexmark">Nexmark: A benchmark suite for Apache
 * Flink</a>.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class NexmarkGenerator {
  /** The id of the first person and of the first auction. */
  public static final long FIRST_ID = 1000;

  private static final int PERSONS = 1;
  private static final int AUCTIONS = 3;
  private static final int CYCLE = 50;

  private static final long EVENTS_PER_MILLI = 10;
  private static final long START_MILLIS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final long SEED = 42;

  private static final int HOT_AUCTION_RATIO = 2;
  private static final int HOT_PERSON_RATIO = 4;
  private static final long HOT_EVERY = 100;
  private static final long AUCTIONS_IN_FLIGHT = 100;
  private static final long ACTIVE_PERSONS = 1000;
  private static final long LEAD = 10;
  private static final int FIRST_CATEGORY = 10;
  private static final int CATEGORIES = 5;
  private static final double PRICE_DIGITS = 6;
  private static final double CENTS = 100;

  private static final List<String> FIRST_NAMES =
      List.of("Aino", "Eero", "Helmi", "Ilmari", "Kerttu", "Lauri", "Martta", "Oiva", "Saima");
  private static final List<String> LAST_NAMES =
      List.of("Aalto", "Heino", "Järvi", "Koski", "Laine", "Niemi", "Salo", "Virta");
  private static final List<String> CITIES =
      List.of("Helsinki", "Joensuu", "Kuopio", "Oulu", "Porvoo", "Rovaniemi", "Turku");

  /**
   * Returns an event.
   *
   * @param number the number of the event, from 0; the same number gives the same event
   * @return a person, an auction or a bid
   */
  public NexmarkEvent event(int number) {
    SplittableRandom random = new SplittableRandom(SEED ^ ((long) number << Integer.SIZE));
    long time = timeMillis(number);
    int place = number % CYCLE;
    if (place < PERSONS) {
      return new NexmarkEvent.Person(
          FIRST_ID + lastPerson(number),
          drawn(FIRST_NAMES, random) + " " + drawn(LAST_NAMES, random),
          drawn(CITIES, random),
          time);
    }
    return place < PERSONS + AUCTIONS ? auction(number, time, random) : bid(number, time, random);
  }

  private static NexmarkEvent auction(int number, long time, SplittableRandom random) {
    long seller =
        isHot(HOT_PERSON_RATIO, random) ? hot(lastPerson(number)) : activePerson(number, random);
    long initialBid = price(random);
    long untilNext = AUCTIONS_IN_FLIGHT * CYCLE / AUCTIONS / EVENTS_PER_MILLI;
    return new NexmarkEvent.Auction(
        FIRST_ID + lastAuction(number),
        FIRST_ID + seller,
        FIRST_CATEGORY + random.nextInt(CATEGORIES),
        initialBid,
        initialBid + price(random),
        time,
        time + 1 + random.nextLong(2 * untilNext));
  }

  private static NexmarkEvent bid(int number, long time, SplittableRandom random) {
    long last = lastAuction(number);
    long earliest = Math.max(0, last - AUCTIONS_IN_FLIGHT);
    long auction =
        isHot(HOT_AUCTION_RATIO, random)
            ? hot(last)
            : earliest + random.nextLong(last - earliest + 1 + LEAD);
    // Not the hot seller, which would bid for its own items.
    long bidder =
        isHot(HOT_PERSON_RATIO, random)
            ? hot(lastPerson(number)) + 1
            : activePerson(number, random);
    return new NexmarkEvent.Bid(FIRST_ID + auction, FIRST_ID + bidder, price(random), time);
  }

  private static long timeMillis(int number) {
    return START_MILLIS + number / EVENTS_PER_MILLI;
  }

  /** Returns the number of the last person up to an event. */
  private static long lastPerson(int number) {
    return number / CYCLE;
  }

  /** Returns the number of the last auction up to an event; the first one if there is none. */
  private static long lastAuction(int number) {
    int inCycle = Math.min(number % CYCLE - PERSONS, AUCTIONS - 1);
    return Math.max(0, (long) (number / CYCLE) * AUCTIONS + inCycle);
  }

  private static boolean isHot(int ratio, SplittableRandom random) {
    return random.nextInt(ratio) > 0;
  }

  private static long hot(long last) {
    return last / HOT_EVERY * HOT_EVERY;
  }

  private static long activePerson(int number, SplittableRandom random) {
    long persons = lastPerson(number) + 1;
    long active = Math.min(persons, ACTIVE_PERSONS);
    return persons - active + random.nextLong(active + LEAD);
  }

  private static long price(SplittableRandom random) {
    return Math.round(Math.pow(10, random.nextDouble() * PRICE_DIGITS) * CENTS);
  }

  private static String drawn(List<String> names, SplittableRandom random) {
    return names.get(random.nextInt(names.size()));
  }
}

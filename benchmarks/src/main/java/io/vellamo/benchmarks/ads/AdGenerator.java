package io.vellamo.benchmarks.ads;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A generator of the events of the Yahoo streaming benchmark [1]: 100 campaigns with ten ads each,
 * 100 users, 100 pages, and three actions, each equally likely; 10,000 events a second of event
 * time, in order. Ids are numbers, where the original has UUIDs in JSON.
 *
 * <p>[1] S. Chintapalli et al., Benchmarking Streaming Computation Engines: Storm, Flink and Spark
 * Streaming, 2016.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class AdGenerator {
  private static final int CAMPAIGNS = 100;
  private static final int ADS_PER_CAMPAIGN = 10;
  private static final int USERS = 100;
  private static final int PAGES = 100;
  private static final List<AdEvent.Place> PLACES = List.of(AdEvent.Place.values());
  private static final List<AdEvent.Action> ACTIONS = List.of(AdEvent.Action.values());

  // The table of the original, which it keeps in Redis.
  private static final Map<Long, Long> CAMPAIGN_OF = new HashMap<>();

  static {
    for (long ad = 0; ad < CAMPAIGNS * ADS_PER_CAMPAIGN; ad++) {
      CAMPAIGN_OF.put(ad, ad / ADS_PER_CAMPAIGN);
    }
  }

  private static final long EVENTS_PER_MILLI = 10;
  private static final long START_MILLIS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final long SEED = 42;

  /**
   * Returns an event.
   *
   * @param number the number of the event, from 0; the same number gives the same event
   */
  public AdEvent event(int number) {
    SplittableRandom random = new SplittableRandom(SEED ^ ((long) number << Integer.SIZE));
    return new AdEvent(
        random.nextLong(USERS),
        random.nextLong(PAGES),
        random.nextLong(CAMPAIGNS * ADS_PER_CAMPAIGN),
        PLACES.get(random.nextInt(PLACES.size())),
        ACTIONS.get(random.nextInt(ACTIONS.size())),
        START_MILLIS + number / EVENTS_PER_MILLI);
  }

  /**
   * Returns the campaign of an ad.
   *
   * @param ad the ad of an event
   */
  public static long campaignOf(long ad) {
    return requireNonNull(CAMPAIGN_OF.get(ad), "ad");
  }
}

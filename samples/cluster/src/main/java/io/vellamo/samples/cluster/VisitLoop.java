package io.vellamo.samples.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Visits that repeat forever, with later times: each user visits for some seconds, and again in the
 * next round. At any time some begin and some end. The visit of a number is always the same. After
 * the last one comes a visit of nobody, a day later, so that all sessions end.
 *
 * @param perSecond the number of visits per second of event time
 * @param count the number of visits before the last one
 */
record VisitLoop(int perSecond, long count) {
  /** The gap after which a session has ended. */
  static final Duration GAP = Duration.ofSeconds(3);

  /** The user of the visit that ends all sessions. */
  static final String NOBODY = "nobody";

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int USERS = 1000;
  private static final int USERS_AT_A_TIME = 200;
  private static final int NEW_USERS_PER_SECOND = 40;
  private static final long MILLIS = 1000;

  /** Returns the number of visits, with the one of nobody. */
  long all() {
    return count + 1;
  }

  LoopedVisit visit(long number) {
    if (number == count) {
      return new LoopedVisit(NOBODY, time(number).plus(Duration.ofDays(1)));
    }
    long first = number * NEW_USERS_PER_SECOND / perSecond;
    long user = (first + mixed(number) % USERS_AT_A_TIME) % USERS;
    return new LoopedVisit(String.format(Locale.ROOT, "user-%03d", user), time(number));
  }

  /** Returns the number of visits by a time after the first one, with that of nobody at the end. */
  long by(Duration sinceFirst) {
    long reached = Math.max(0, sinceFirst.toMillis() * perSecond / MILLIS);
    return reached >= count ? all() : reached;
  }

  private Instant time(long number) {
    return BEGIN.plusMillis(number * MILLIS / perSecond);
  }

  /** Returns a number that looks random and is not negative, by the finalizer of SplitMix64. */
  private static long mixed(long number) {
    long z = (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 1;
  }
}

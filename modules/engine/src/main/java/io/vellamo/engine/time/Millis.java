package io.vellamo.engine.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Saturating arithmetic on milliseconds: moments out of range become {@link #FIRST} or {@link
 * #LAST}. The two extremes of {@code long} are excluded: they denote no time and the end of time.
 */
public final class Millis {
  /** The earliest representable moment. */
  public static final long FIRST = Long.MIN_VALUE + 1;

  /** The latest representable moment. */
  public static final long LAST = Long.MAX_VALUE - 1;

  private static final long FIRST_SECOND = FIRST / 1000;
  private static final long LAST_SECOND = LAST / 1000 - 1;

  private Millis() {}

  /** Returns a moment's milliseconds since 1970, without its finer parts. */
  public static long of(Instant moment) {
    return of(moment.getEpochSecond(), moment.getNano());
  }

  /**
   * Returns a moment's milliseconds since 1970, without its finer parts.
   *
   * @param second the seconds since 1970
   * @param nano the nanoseconds of the second
   */
  public static long of(long second, int nano) {
    if (second > FIRST_SECOND && second < LAST_SECOND) {
      return second * 1000 + nano / 1_000_000;
    }
    return second < 0 ? FIRST : LAST;
  }

  /**
   * Returns the moment {@code more} milliseconds after another, or before it if they are negative.
   */
  public static long plus(long millis, long more) {
    long sum = millis + more;
    boolean isBeyond = ((millis ^ sum) & (more ^ sum)) < 0;
    if (isBeyond) {
      return more < 0 ? FIRST : LAST;
    }
    return Math.min(Math.max(sum, FIRST), LAST);
  }

  /** Returns a duration's milliseconds, at most {@link #LAST}. */
  public static long of(Duration duration) {
    return duration.toSeconds() < LAST_SECOND ? duration.toMillis() : LAST;
  }
}

package io.vellamo.replay;

import java.time.Instant;

/**
 * A point in a query's history: the state after an epoch.
 *
 * @since 0.1
 */
public sealed interface ReplayPoint {
  /**
   * Returns the end of the journal.
   *
   * @return the current state
   */
  static ReplayPoint now() {
    return Now.INSTANCE;
  }

  /**
   * Returns the end of an epoch.
   *
   * @param epoch the epoch's number, from 1; 0 for the state before the first
   * @return the state after that epoch
   */
  static ReplayPoint epoch(long epoch) {
    return new AtEpoch(epoch);
  }

  /**
   * Returns a point in processing time.
   *
   * @param time the time
   * @return the state after the last epoch planned at that time or earlier
   */
  static ReplayPoint time(Instant time) {
    return new AtTime(time);
  }

  /** The end of the journal. */
  enum Now implements ReplayPoint {
    /** The only value. */
    INSTANCE
  }

  /**
   * The end of an epoch.
   *
   * @param epoch its number
   */
  record AtEpoch(long epoch) implements ReplayPoint {
    public AtEpoch {
      if (epoch < 0) {
        throw new IllegalArgumentException(
            "epoch must not be negative, was [%d]; the first epoch is 1".formatted(epoch));
      }
    }
  }

  /**
   * A point in processing time.
   *
   * @param time the time
   */
  record AtTime(Instant time) implements ReplayPoint {}
}

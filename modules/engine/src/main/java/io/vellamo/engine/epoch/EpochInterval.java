package io.vellamo.engine.epoch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The shortest time between the starts of two epochs of a query that keeps up with its input.
 *
 * <p>An epoch has a fixed cost for each shard, whatever it reads. If events arrive one by one, a
 * query without such an interval runs one epoch after the other, of a few events each. An event
 * that arrives after a longer silence is processed at once.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Elapsed time, passed as an argument.
 */
public final class EpochInterval {
  private final long intervalNanos;
  private long opensNanos;
  private boolean isWaiting;

  private EpochInterval(Duration interval) {
    this.intervalNanos = interval.toNanos();
  }

  /** Returns an interval of no length: epochs follow each other immediately. */
  public static EpochInterval none() {
    return new EpochInterval(Duration.ZERO);
  }

  /**
   * Returns an interval.
   *
   * @param interval the shortest time between two starts; not negative
   */
  public static EpochInterval of(Duration interval) {
    return new EpochInterval(interval);
  }

  /** Notes that an epoch starts. */
  public void started(long monotonicNanos) {
    opensNanos = monotonicNanos + intervalNanos;
    isWaiting = intervalNanos > 0;
  }

  /** Notes that there may be more to read: the next epoch starts without waiting. */
  public void behind() {
    isWaiting = false;
  }

  /**
   * Returns how long the next epoch has to wait, in milliseconds, rounded up; 0 if it may start.
   */
  public long waitMillis(long monotonicNanos) {
    if (!isWaiting) {
      return 0;
    }
    long left = opensNanos - monotonicNanos;
    isWaiting = left > 0;
    return isWaiting ? TimeUnit.NANOSECONDS.toMillis(left + 999_999) : 0;
  }
}

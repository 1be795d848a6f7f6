package io.vellamo.benchmarks.workload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The times at which events become due.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class Pace {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long NOT_STARTED = Long.MIN_VALUE;

  private final double perSecond;
  private final AtomicLong startNanos = new AtomicLong(NOT_STARTED);

  private Pace(double perSecond) {
    this.perSecond = perSecond;
  }

  /** Returns a pace of a number of events a second; with 0, all events are due at once. */
  public static Pace of(double perSecond) {
    if (perSecond < 0) {
      throw new IllegalArgumentException(
          "rate must not be negative, was [%s]".formatted(perSecond));
    }
    return new Pace(perSecond);
  }

  /** Returns whether events become due one after the other. */
  public boolean isPaced() {
    return perSecond > 0;
  }

  /** Makes the first event due now; later calls do nothing. */
  public void start() {
    startNanos.compareAndSet(NOT_STARTED, System.nanoTime());
  }

  /** Returns the number of events that are due by now. */
  public long due() {
    if (!isPaced()) {
      return Long.MAX_VALUE;
    }
    return (long) ((System.nanoTime() - startNanos.get()) * perSecond / SECOND) + 1;
  }

  /** Returns how long ago an event became due, in nanoseconds; negative if it isn't due yet. */
  public long overdueNanos(long seq) {
    return System.nanoTime() - startNanos.get() - (long) (seq * SECOND / perSecond);
  }

  /** Waits until an event is due. */
  public void await(long seq) {
    while (seq >= due()) {
      LockSupport.parkNanos(Math.max(1, -overdueNanos(seq)));
    }
  }
}

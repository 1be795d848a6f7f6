package io.vellamo.engine.protocol;

import java.util.concurrent.TimeUnit;

/**
 * The time at which an input arrives.
 *
 * @param wallMillis the query's clock, which can be set
 * @param monotonicNanos elapsed time, which never goes back
 */
public record Now(long wallMillis, long monotonicNanos) {
  /** Returns a time of which elapsed time is known in milliseconds. */
  public static Now ofMillis(long wallMillis, long monotonicMillis) {
    return new Now(wallMillis, TimeUnit.MILLISECONDS.toNanos(monotonicMillis));
  }

  /** Returns the elapsed time. */
  public long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(monotonicNanos);
  }
}

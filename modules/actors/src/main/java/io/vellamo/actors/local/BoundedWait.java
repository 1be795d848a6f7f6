package io.vellamo.actors.local;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A wait for an end, bounded by a timeout. */
final class BoundedWait {
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE / 2);

  private BoundedWait() {}

  /**
   * Waits; returns whether the end has come.
   *
   * @param timeout the longest to wait
   * @param unbounded the method that waits without a bound, for the error message
   * @throws IllegalArgumentException if {@code timeout} is not positive
   * @throws ExecutionException if the end is a failure
   */
  static boolean await(Future<?> end, Duration timeout, String unbounded)
      throws InterruptedException, ExecutionException {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "timeout must be positive, was [%s]; use %s to wait for ever"
              .formatted(timeout, unbounded));
    }
    try {
      end.get(millis(timeout), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Returns whole milliseconds, rounded up; the largest number if there are too many to count. */
  private static long millis(Duration timeout) {
    return timeout.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : timeout.plusNanos(999_999).toMillis();
  }
}

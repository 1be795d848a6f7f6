package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.RetryableException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rule by which a query makes a failed call of a source or sink again.
 *
 * <pre>{@code
 * .to(sink)
 * .retry(
 *     RetryPolicy.of(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(10))
 *         .on(SQLTransientException.class))
 * }</pre>
 *
 * <p>After a failure that the policy covers, the query closes the source or sink, waits, opens it
 * again, and makes the same call: a sink gets the same epoch with the same rows, a source is asked
 * for the same ranges. Other failures end the query. Spark and Flink restart the whole query
 * instead.
 *
 * <p><b>Time</b> Each wait is twice as long as the preceding one, up to {@code maxBackoff}. If the
 * call still fails {@code giveUpAfter} after its first failure, the query fails.
 *
 * @param minBackoff the wait after the first failure, positive
 * @param maxBackoff the longest wait, at least {@code minBackoff}
 * @param giveUpAfter the time after the first failure at which the call is made for the last time;
 *     zero makes no call again
 * @param exceptions the exceptions to which the policy applies; one of them, or of a subclass, must
 *     be the exception thrown or among its causes
 * @since 0.1
 */
public record RetryPolicy(
    Duration minBackoff,
    Duration maxBackoff,
    Duration giveUpAfter,
    List<Class<? extends Exception>> exceptions) {
  /** Bounds the walk along causes, which can form a cycle. */
  private static final int MOST_CAUSES = 50;

  private static final Duration LONGEST = Duration.ofDays(3650);

  public RetryPolicy {
    requireNonNull(minBackoff, "minBackoff");
    requireNonNull(maxBackoff, "maxBackoff");
    requireNonNull(giveUpAfter, "giveUpAfter");
    exceptions = List.copyOf(exceptions);
    if (minBackoff.toMillis() < 1) {
      throw new IllegalArgumentException(
          "minBackoff must be at least a millisecond, was [%s]".formatted(minBackoff));
    }
    if (maxBackoff.compareTo(minBackoff) < 0 || maxBackoff.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "maxBackoff must be from minBackoff [%s] to [%s], was [%s]"
              .formatted(minBackoff, LONGEST, maxBackoff));
    }
    if (giveUpAfter.isNegative() || giveUpAfter.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "giveUpAfter must be from 0 to [%s], was [%s]".formatted(LONGEST, giveUpAfter));
    }
  }

  /**
   * Returns a policy for failures with a {@link RetryableException}.
   *
   * @param minBackoff the wait after the first failure, positive
   * @param maxBackoff the longest wait, at least {@code minBackoff}
   * @param giveUpAfter the time after the first failure at which the call is made for the last time
   * @return the policy
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static RetryPolicy of(Duration minBackoff, Duration maxBackoff, Duration giveUpAfter) {
    return new RetryPolicy(minBackoff, maxBackoff, giveUpAfter, List.of(RetryableException.class));
  }

  /**
   * Returns the policy that makes no call again: every failure of a source or sink ends the query.
   *
   * @return the policy
   */
  public static RetryPolicy none() {
    return new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO, List.of());
  }

  /**
   * Adds exceptions of a class to those that the policy applies to. With {@code Exception.class},
   * every failure is retried, also one that can't pass without a change to the query.
   *
   * @param exception the class
   * @return a policy for its exceptions too
   */
  public RetryPolicy on(Class<? extends Exception> exception) {
    requireNonNull(exception, "exception");
    List<Class<? extends Exception>> all =
        Stream.<Class<? extends Exception>>concat(exceptions.stream(), Stream.of(exception))
            .distinct()
            .toList();
    return new RetryPolicy(minBackoff, maxBackoff, giveUpAfter, all);
  }

  /**
   * Returns whether a call that failed is made again. A failure with an error or an {@link
   * InterruptedException} never is.
   *
   * @param failure the exception that the call has thrown
   * @return whether the policy covers it
   */
  public boolean covers(Throwable failure) {
    if (giveUpAfter.isZero() || failure instanceof InterruptedException) {
      return false;
    }
    Throwable each = failure;
    for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
      if (each instanceof Error) {
        return false;
      }
      if (isListed(each)) {
        return true;
      }
      each = each.getCause();
    }
    return false;
  }

  private boolean isListed(Throwable failure) {
    return exceptions.stream().anyMatch(each -> each.isInstance(failure));
  }

  /**
   * Returns the wait after a failure.
   *
   * @param failures the number of failures so far, from 1
   * @return not negative
   */
  public Duration backoff(int failures) {
    Duration wait = minBackoff;
    for (int i = 1; i < failures && wait.compareTo(maxBackoff) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(maxBackoff) > 0 ? maxBackoff : wait;
  }
}

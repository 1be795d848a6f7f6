package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a query does when a user's function throws.
 *
 * <pre>{@code
 * .to(sink)
 * .onError(ErrorPolicy.retry(3, Duration.ofSeconds(1)).thenDeadLetter())
 * .deadLettersTo(JsonLines.sink(Path.of("dead-letters")))
 * }</pre>
 *
 * <p>Spark has no such choice: there a function that throws fails the query.
 *
 * @param retries how often a call is made again before the action is taken; from 0 to 100
 * @param backoff how long to wait before the first of them, not negative and not longer than
 *     milliseconds can count; zero if there are none
 * @param action what is done then
 * @since 0.1
 */
public record ErrorPolicy(int retries, Duration backoff, Action action) {
  private static final int MOST_RETRIES = 100;
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
  private static final Duration MOST_BACKOFF = Duration.ofDays(1);

  /** What is done with what a function failed on. */
  public enum Action {
    /** The query fails; nothing of the epoch is kept. */
    FAIL,
    /** The events that the function fails on become dead letters. */
    DEAD_LETTER,
    /** The group is called no more, and its events wait. */
    PARK
  }

  public ErrorPolicy {
    requireNonNull(action, "action");
    requireInRange(0, retries, backoff);
  }

  /**
   * Returns the policy that fails the query, with query, epoch, key and source position in the
   * message. A restart runs the epoch again, with the same input. This is the default.
   *
   * @return the policy
   */
  public static ErrorPolicy fail() {
    return new ErrorPolicy(0, Duration.ZERO, Action.FAIL);
  }

  /**
   * Returns the policy that keeps the events a function fails on as dead letters, and goes on.
   *
   * <p>When a group's call throws, its events of the epoch are given to the function again, one at
   * a time; those whose call throws are dead letters, the others count. A timeout whose call throws
   * is dropped: the group keeps its state. An event that a stage such as {@code map} throws for is
   * a dead letter as it came from the source.
   *
   * @return the policy
   */
  public static ErrorPolicy deadLetter() {
    return new ErrorPolicy(0, Duration.ZERO, Action.DEAD_LETTER);
  }

  /**
   * Returns the policy that parks the group whose call throws, and goes on with the others.
   *
   * <p>A parked group keeps its state, its timeout stands still, and its events wait, in order and
   * in the journal, until {@link StreamingQuery#redrive} or {@link StreamingQuery#release}: for
   * functions that are wrong about some keys and can be mended. An event that a stage such as
   * {@code map} throws for belongs to no group; it fails the query.
   *
   * <p><b>Cost</b> What waits is held in memory, serialized.
   *
   * @return the policy
   */
  public static ErrorPolicy park() {
    return new ErrorPolicy(0, Duration.ZERO, Action.PARK);
  }

  /**
   * Returns a policy that makes a group's call again when it throws, for functions that fail now
   * and then because something they ask is not there. What it does when that does not help has to
   * be said.
   *
   * <p><b>Time</b> Nothing is blocked meanwhile, but the epoch waits. Each wait is twice as long as
   * the one before, at most a minute or, if that is longer, {@code backoff}.
   *
   * @param retries how often a call is made again, from 1 to 100
   * @param backoff how long to wait before the first time, from 0 to a day
   * @return a policy without its end
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Retry retry(int retries, Duration backoff) {
    return new Retry(retries, backoff);
  }

  /**
   * Returns how long to wait before a call is made again.
   *
   * @param retry which time it is, from 1
   * @return not negative
   */
  public Duration backoff(int retry) {
    Duration longest = backoff.compareTo(LONGEST_BACKOFF) > 0 ? backoff : LONGEST_BACKOFF;
    Duration wait = backoff;
    for (int i = 1; i < retry && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  private static void requireInRange(int least, int retries, Duration backoff) {
    if (retries < least || retries > MOST_RETRIES) {
      throw new IllegalArgumentException(
          "retries must be from %d to %d, was [%d]".formatted(least, MOST_RETRIES, retries));
    }
    if (backoff.isNegative() || backoff.compareTo(MOST_BACKOFF) > 0) {
      throw new IllegalArgumentException(
          "backoff must be from 0 to [%s], was [%s]".formatted(MOST_BACKOFF, backoff));
    }
  }

  /**
   * A policy that makes calls again, and still needs an end.
   *
   * @param retries how often a call is made again
   * @param backoff how long to wait before the first time
   * @since 0.1
   */
  public record Retry(int retries, Duration backoff) {
    public Retry {
      requireInRange(1, retries, backoff);
    }

    /**
     * Returns the policy that fails the query once no retry has helped.
     *
     * @return the policy
     */
    public ErrorPolicy thenFail() {
      return new ErrorPolicy(retries, backoff, Action.FAIL);
    }

    /**
     * Returns the policy that goes on as {@link ErrorPolicy#deadLetter} once no retry has helped.
     *
     * @return the policy
     */
    public ErrorPolicy thenDeadLetter() {
      return new ErrorPolicy(retries, backoff, Action.DEAD_LETTER);
    }

    /**
     * Returns the policy that parks the group once no retry has helped.
     *
     * @return the policy
     */
    public ErrorPolicy thenPark() {
      return new ErrorPolicy(retries, backoff, Action.PARK);
    }
  }
}

package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The reaction of a query to a user's function that throws.
 *
 * <pre>{@code
 * .to(sink)
 * .onError(ErrorPolicy.retry(3, Duration.ofSeconds(1)).thenDeadLetter())
 * .deadLettersTo(JsonLines.sink(Path.of("dead-letters")))
 * }</pre>
 *
 * <p>Spark has no such choice: a function that throws fails the query.
 *
 * @param retries the number of times that a call is repeated before the action is taken, from 0 to
 *     100
 * @param backoff the wait before the first retry, from 0 to a day; not used without retries
 * @param action the action if no retry succeeds
 * @since 0.1
 */
public record ErrorPolicy(int retries, Duration backoff, Action action) {
  private static final int MOST_RETRIES = 100;
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
  private static final Duration MOST_BACKOFF = Duration.ofDays(1);

  /** The action after a function has failed. */
  public enum Action {
    /** The query fails; nothing of the epoch is kept. */
    FAIL,
    /** The events that the function fails on become dead letters. */
    DEAD_LETTER,
    /** The group is not called any more, and its events are kept pending. */
    PARK
  }

  public ErrorPolicy {
    requireNonNull(action, "action");
    requireInRange(0, retries, backoff);
  }

  /**
   * Returns the policy that fails the query, with query, epoch, key and source position in the
   * message. This is the default. A restart runs the epoch again with the same input.
   *
   * @return the policy
   */
  public static ErrorPolicy fail() {
    return new ErrorPolicy(0, Duration.ZERO, Action.FAIL);
  }

  /**
   * Returns the policy that turns the events a function fails on into dead letters and continues.
   *
   * <p>When the call of a group throws, its events of the epoch are passed to the function again,
   * one at a time. Events whose call throws become dead letters; the others take effect. A timeout
   * whose call throws is dropped, and the group keeps its state. If a stage such as {@code map}
   * throws, the dead letter holds the event as it came from the source.
   *
   * @return the policy
   */
  public static ErrorPolicy deadLetter() {
    return new ErrorPolicy(0, Duration.ZERO, Action.DEAD_LETTER);
  }

  /**
   * Returns the policy that parks the group whose call throws and continues with the other groups.
   *
   * <p>A parked group keeps its state, its timeout is suspended, and its events are journaled and
   * kept pending, in order, until {@link StreamingQuery#redrive} or {@link StreamingQuery#release}.
   * Intended for functions that fail for some keys and can be fixed. If a stage such as {@code map}
   * throws, the query fails, as the event belongs to no group.
   *
   * <p><b>Cost</b> Pending events are held in memory, serialized.
   *
   * @return the policy
   */
  public static ErrorPolicy park() {
    return new ErrorPolicy(0, Duration.ZERO, Action.PARK);
  }

  /**
   * Returns a policy that repeats the call of a group when it throws, for functions that fail
   * temporarily, such as when a service they call is unavailable. The caller has to choose the
   * action for the case that no retry succeeds.
   *
   * <p><b>Time</b> No thread is blocked during a wait, but the epoch is delayed. Each wait is twice
   * as long as the preceding one, up to a minute or, if that is longer, {@code backoff}.
   *
   * @param retries the number of times that a call is repeated, from 1 to 100
   * @param backoff the wait before the first retry, from 0 to a day
   * @return a policy that still needs its final action
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Retry retry(int retries, Duration backoff) {
    return new Retry(retries, backoff);
  }

  /**
   * Returns the wait before a retry.
   *
   * @param retry the number of the retry, from 1
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
   * A policy that repeats calls and still needs a final action.
   *
   * @param retries the number of times that a call is repeated
   * @param backoff the wait before the first retry
   * @since 0.1
   */
  public record Retry(int retries, Duration backoff) {
    public Retry {
      requireInRange(1, retries, backoff);
    }

    /**
     * Returns the policy that fails the query if no retry succeeds.
     *
     * @return the policy
     */
    public ErrorPolicy thenFail() {
      return new ErrorPolicy(retries, backoff, Action.FAIL);
    }

    /**
     * Returns the policy that acts as {@link ErrorPolicy#deadLetter} if no retry succeeds.
     *
     * @return the policy
     */
    public ErrorPolicy thenDeadLetter() {
      return new ErrorPolicy(retries, backoff, Action.DEAD_LETTER);
    }

    /**
     * Returns the policy that parks the group if no retry succeeds.
     *
     * @return the policy
     */
    public ErrorPolicy thenPark() {
      return new ErrorPolicy(retries, backoff, Action.PARK);
    }
  }
}

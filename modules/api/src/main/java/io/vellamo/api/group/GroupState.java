package io.vellamo.api.group;

import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The state of one group during one call of the user's function.
 *
 * <p>Behaves like Spark's {@code GroupState}, except that a value changed in place without {@link
 * #update} is never stored, and a group with neither state nor timeout occupies no storage.
 *
 * <p><b>Order</b> Valid from the call of the function until the iterator it returned is exhausted;
 * any later use fails with {@link IllegalStateException}.
 *
 * <p><b>Threading</b> Used by one thread at a time; must not be shared.
 *
 * <p><b>Time</b> Both clocks stand still during an epoch, and show the same times if the epoch runs
 * again after a crash.
 *
 * <p><b>Failure</b> If the function throws, the changes of the call are discarded.
 *
 * @param <S> the user's state, which the journal keeps
 * @since 0.1
 */
public interface GroupState<S> {
  /**
   * Returns whether the group has state.
   *
   * @return true if a state was stored or {@link #update} has been called; false initially and
   *     after {@link #remove}
   */
  boolean exists();

  /**
   * Returns the state.
   *
   * @return the value; changing it in place has no effect without {@link #update}
   * @throws NoSuchElementException if {@link #exists} is false
   */
  S get();

  /**
   * Returns the state if there is one. Equivalent to Spark's {@code getOption}.
   *
   * @return the value, or empty if {@link #exists} is false
   */
  Optional<S> optional();

  /**
   * Sets the state.
   *
   * @param state the new value
   * @throws IllegalArgumentException if {@code state} is null
   */
  void update(S state);

  /**
   * Removes the state. A timeout already set in this call stays. Has no effect if there is no
   * state.
   */
  void remove();

  /**
   * Returns whether the function is called because the group's timeout has passed.
   *
   * @return true in a timeout call, which has no events
   */
  boolean hasTimedOut();

  /**
   * Sets the timeout to the epoch's processing time plus a duration. The last call wins.
   *
   * @param duration at least one millisecond; truncated to milliseconds
   * @throws UnsupportedOperationException unless the operator has {@link
   *     GroupStateTimeout#PROCESSING_TIME}
   * @throws IllegalArgumentException if {@code duration} is shorter than one millisecond, or the
   *     sum exceeds the range of epoch milliseconds; a timeout set before stays
   */
  void setTimeoutDuration(Duration duration);

  /**
   * Sets the timeout to a point in event time. The last call wins.
   *
   * @param timestamp not before the watermark; a timestamp equal to the watermark is accepted and
   *     fires once the watermark has advanced. Unlike in Spark it may be before 1970
   * @throws UnsupportedOperationException unless the operator has {@link
   *     GroupStateTimeout#EVENT_TIME}
   * @throws IllegalArgumentException if {@code timestamp} is out of range; a timeout set before
   *     stays
   */
  void setTimeoutTimestamp(Instant timestamp);

  /**
   * Sets the timeout to a point in event time plus a duration.
   *
   * @param timestamp a point in event time
   * @param additional not negative
   * @throws UnsupportedOperationException unless the operator has {@link
   *     GroupStateTimeout#EVENT_TIME}
   * @throws IllegalArgumentException if {@code additional} is negative, or {@link
   *     #setTimeoutTimestamp(Instant)} rejects the sum
   */
  void setTimeoutTimestamp(Instant timestamp, Duration additional);

  /**
   * Returns the watermark of this epoch. Equivalent to Spark's {@code getCurrentWatermarkMs}.
   *
   * @return the watermark; 1970-01-01T00:00:00Z until an event has been seen
   * @throws UnsupportedOperationException if there is no {@code withWatermark} upstream
   */
  Instant currentWatermark();

  /**
   * Returns the processing time of this epoch. Equivalent to Spark's {@code
   * getCurrentProcessingTimeMs}.
   *
   * @return the time at which the epoch was planned, with millisecond precision
   */
  Instant currentProcessingTime();

  /**
   * Returns the event time of the event read last, or of the first event if none was read. Spark
   * has no such method.
   *
   * @return empty if the event has none, in a timeout call, and if {@code withWatermark} is not
   *     upstream
   */
  Optional<Instant> eventTime();
}

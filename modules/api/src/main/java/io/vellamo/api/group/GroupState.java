package io.vellamo.api.group;

import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The state of one group as the user's function sees it during one call.
 *
 * <p>Behaves as Spark's {@code GroupState} but for these departures: a value changed in place
 * without {@link #update} is never kept, and a group left with neither state nor timeout leaves
 * nothing behind.
 *
 * <p><b>Order</b> Valid from the call of the function until the iterator it returned is exhausted;
 * any later use fails with {@link IllegalStateException}.
 *
 * <p><b>Threading</b> Used by one thread at a time; need not and must not be shared.
 *
 * <p><b>Time</b> Both clocks stand still during an epoch, also when the epoch runs again after a
 * crash.
 *
 * <p><b>Failure</b> If the function throws, nothing of the call is kept.
 *
 * @param <S> the user's state, written and read with Jackson
 * @since 0.1
 */
public interface GroupState<S> {
  /**
   * Returns whether the group has state.
   *
   * @return true after a stored value or {@link #update}, false at first and after {@link #remove}
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
   * Returns the state if there is one. Spark calls it {@code getOption}.
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

  /** Removes the state; a timeout already set in this call stays. May be repeated. */
  void remove();

  /**
   * Returns whether the function is called because the group's timeout has passed.
   *
   * @return true in a timeout call, whose events are empty
   */
  boolean hasTimedOut();

  /**
   * Sets the timeout to the epoch's processing time plus a duration; the last setting wins.
   *
   * @param duration at least one millisecond; finer parts are cut off
   * @throws UnsupportedOperationException unless the operator has {@link
   *     GroupStateTimeout#PROCESSING_TIME}
   * @throws IllegalArgumentException if {@code duration} is shorter than one millisecond or ends
   *     later than milliseconds can count; a timeout set before stays
   */
  void setTimeoutDuration(Duration duration);

  /**
   * Sets the timeout to a moment in event time; the last setting wins.
   *
   * @param timestamp not before the watermark; equal to the watermark is accepted and fires when
   *     the watermark has moved. Unlike in Spark it may be before 1970
   * @throws UnsupportedOperationException unless the operator has {@link
   *     GroupStateTimeout#EVENT_TIME}
   * @throws IllegalArgumentException if {@code timestamp} is out of range; a timeout set before
   *     stays
   */
  void setTimeoutTimestamp(Instant timestamp);

  /**
   * Sets the timeout to a moment in event time plus a duration.
   *
   * @param timestamp a moment in event time
   * @param additional not negative
   * @throws UnsupportedOperationException unless the operator has {@link
   *     GroupStateTimeout#EVENT_TIME}
   * @throws IllegalArgumentException if {@code additional} is negative, or the sum is not what
   *     {@link #setTimeoutTimestamp(Instant)} accepts
   */
  void setTimeoutTimestamp(Instant timestamp, Duration additional);

  /**
   * Returns the watermark of this epoch. Spark calls it {@code getCurrentWatermarkMs}.
   *
   * @return the watermark; 1970-01-01T00:00:00Z while no event has been seen
   * @throws UnsupportedOperationException if no {@code withWatermark} stands in front
   */
  Instant currentWatermark();

  /**
   * Returns the processing time of this epoch. Spark calls it {@code getCurrentProcessingTimeMs}.
   *
   * @return when the epoch was planned, in milliseconds precision
   */
  Instant currentProcessingTime();
}

package io.vellamo.api.process;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The timers of one name of a group, during one call of its {@link GroupProcessor}.
 *
 * <p>A timer is identified by its tag; under one name, a group has at most one timer without a tag.
 * Setting a timer that is set replaces its time.
 *
 * <p><b>Order</b> Due timers fire after the group's events of an epoch, in ascending order of time.
 * A timer that is set in {@link GroupProcessor#onEvents} and already due fires in the same epoch;
 * one that is set in {@link GroupProcessor#onTimer} fires in the next epoch, which then starts at
 * once. A timer that is cancelled or set again before it has fired in that round does not fire in
 * it. Spark fires a cancelled timer of the same round.
 *
 * <p><b>Time</b> A timer fires once its clock has reached its time ({@code time <= clock}, as in
 * Spark and Flink), whereas the timeouts of {@code GroupState} fire once the clock has passed it.
 * Times are truncated to milliseconds. Times that have passed are allowed.
 *
 * <p><b>Failure</b> All methods throw {@link IllegalStateException} after the call of the processor
 * has ended.
 *
 * @since 0.1
 */
public interface Timers {
  /**
   * Sets the timer without a tag.
   *
   * @param time when it fires; ignored in event time if {@link GroupProcessor#onTimer} sets it
   *     while {@code Trigger.drain()} fires all timers
   * @throws IllegalArgumentException if milliseconds can't express {@code time}
   */
  void set(Instant time);

  /**
   * Sets the timer of a tag.
   *
   * @param tag distinguishes the group's timers of this name, for instance the identifier of an
   *     order
   * @param time as for {@link #set(Instant)}
   * @throws IllegalArgumentException if milliseconds can't express {@code time}
   */
  void set(String tag, Instant time);

  /** Cancels the timer without a tag; has no effect if it is not set. */
  void cancel();

  /**
   * Cancels the timer of a tag; has no effect if it is not set.
   *
   * @param tag the tag
   */
  void cancel(String tag);

  /** Cancels all timers of this name. */
  void cancelAll();

  /**
   * Returns the time of the timer without a tag.
   *
   * @return empty if it is not set
   */
  Optional<Instant> time();

  /**
   * Returns the time of the timer of a tag.
   *
   * @param tag the tag
   * @return empty if it is not set
   */
  Optional<Instant> time(String tag);

  /**
   * Returns the timers of this name that are set.
   *
   * @return the timers in ascending order of time, as of this call
   */
  List<Timer> pending();
}

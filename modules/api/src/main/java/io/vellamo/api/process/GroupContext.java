package io.vellamo.api.process;

import java.time.Instant;
import java.util.Optional;

/**
 * The variables, timers and clocks of one group, and the collector of its rows, during one call of
 * its {@link GroupProcessor}.
 *
 * <p><b>Order</b> Valid until the call ends; any later use fails with {@link
 * IllegalStateException}.
 *
 * <p><b>Threading</b> Used by one thread at a time; must not be shared.
 *
 * <p><b>Time</b> Both clocks stand still during an epoch, and show the same times if the epoch runs
 * again after a crash.
 *
 * <p><b>Failure</b> If the processor throws, all changes and rows of the call are discarded. A
 * variable or timer that is not declared is refused with an {@link IllegalArgumentException} that
 * names it.
 *
 * @param <U> the row type
 * @since 0.1
 */
public interface GroupContext<U> {
  /**
   * Returns a variable's value.
   *
   * @param variable a declared variable
   * @param <S> the value type
   * @return access to the value
   */
  <S> ValueState<S> value(ValueVariable<S> variable);

  /**
   * Returns a variable's list.
   *
   * @param variable a declared variable
   * @param <S> the element type
   * @return access to the list
   */
  <S> ListState<S> list(ListVariable<S> variable);

  /**
   * Returns a variable's map.
   *
   * @param variable a declared variable
   * @param <A> the type of the map's keys
   * @param <B> the type of the map's values
   * @return access to the map
   */
  <A, B> MapState<A, B> map(MapVariable<A, B> variable);

  /**
   * Returns timers in event time.
   *
   * @param name a declared name
   * @return access to the timers
   */
  Timers timers(EventTimer name);

  /**
   * Returns timers in processing time.
   *
   * @param name a declared name
   * @return access to the timers
   */
  ProcessingTimers timers(ProcessingTimer name);

  /**
   * Emits a row, which is serialized at once.
   *
   * @param row the row
   * @throws NullPointerException if {@code row} is null
   */
  void emit(U row);

  /**
   * Emits a row with an event time, for the operators downstream.
   *
   * @param row the row
   * @param eventTime its event time, not before the watermark of the preceding epoch unless {@link
   *     Declarations#emitsBehindWatermark} allows it
   * @throws NullPointerException if {@code row} is null
   * @throws IllegalArgumentException if {@code eventTime} is too early: the row would be late
   *     downstream
   * @throws UnsupportedOperationException if {@code withWatermark} is not upstream
   */
  void emit(U row, Instant eventTime);

  /**
   * Returns the watermark.
   *
   * @return 1970-01-01 if there were no events yet, as in Spark
   * @throws UnsupportedOperationException if {@code withWatermark} is not upstream, or the query is
   *     run as a batch
   */
  Instant currentWatermark();

  /**
   * Returns the time at which the epoch was planned.
   *
   * @return the processing time
   */
  Instant currentProcessingTime();

  /**
   * Returns the event time of the event read last, or of the group's first event in this epoch if
   * none was read.
   *
   * @return empty if it has none, if {@code withWatermark} is not upstream, and in {@link
   *     GroupProcessor#onTimer}
   */
  Optional<Instant> eventTime();
}

package io.vellamo.engine.group;

import io.vellamo.api.group.GroupState;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a group during a call, with what built-in operators need in addition to users'
 * functions.
 *
 * @param <S> the state
 */
public interface KeyedState<S> extends GroupState<S> {
  /** Returns the watermark of the epoch. */
  Watermark watermark();

  /** Returns the watermark of the preceding epoch, which decides which events are late. */
  Watermark lateWatermark();

  /**
   * Sets the timeout to any event time, including one that has passed.
   *
   * @param millis the timeout; null for none
   */
  void timeoutAt(@Nullable Long millis);

  /** Returns the variables and timers; the operator must have declared some. */
  TypedVariables variables();

  /**
   * Checks the event time of a row.
   *
   * @throws IllegalArgumentException if the row would be late downstream
   */
  void requireEventTimeOfRow(Instant eventTime);
}

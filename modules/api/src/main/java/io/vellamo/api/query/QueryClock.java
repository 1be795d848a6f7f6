package io.vellamo.api.query;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock of processing time that can run tasks at given times.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * @since 0.1
 */
public interface QueryClock extends InstantSource {
  /**
   * Returns a monotonic time, for measuring durations.
   *
   * <p><b>Time</b> Unrelated to {@link #instant}. The default returns this clock's own time, which
   * is correct only for a clock that is never set back.
   *
   * @return milliseconds since an arbitrary moment
   */
  default long monotonicMillis() {
    return millis();
  }

  /**
   * Returns the time of {@link #monotonicMillis} in a finer unit, for measuring short durations.
   *
   * <p><b>Time</b> The default has the resolution of {@code monotonicMillis}.
   *
   * @return nanoseconds since the same moment
   */
  default long monotonicNanos() {
    return monotonicMillis() * 1_000_000;
  }

  /**
   * Runs a task once, as soon as this clock reaches a time, and at the latest after the time
   * remaining at this call has elapsed. Setting the clock back in the meantime doesn't delay the
   * task.
   *
   * @param moment the time at which to run the task, at any distance in the future; the task runs
   *     immediately if it has passed
   * @param task a short, non-blocking task; runs on a thread of the clock
   * @return a handle that cancels the task when closed; closing it after the task has run, or
   *     again, has no effect
   */
  WakeUp wakeAt(Instant moment, Runnable task);

  /** A scheduled task. */
  @FunctionalInterface
  interface WakeUp extends AutoCloseable {
    /** Cancels the task unless it has started. */
    @Override
    void close();
  }
}

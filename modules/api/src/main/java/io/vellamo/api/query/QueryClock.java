package io.vellamo.api.query;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Processing time, and the means to be woken at a moment of it.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * @since 0.1
 */
public interface QueryClock extends InstantSource {
  /**
   * Returns a time that passes evenly and that nobody can set, for measuring how long something
   * takes.
   *
   * <p><b>Time</b> Unrelated to {@link #instant}. By default this clock's own time, which is right
   * for a clock that is never set back; with one that is, intervals are longer by as much.
   *
   * @return milliseconds since an arbitrary moment
   */
  default long monotonicMillis() {
    return millis();
  }

  /**
   * Runs a task once, as soon as this clock has reached a moment, and at the latest when as much
   * time has passed as was missing: a clock that is set back in the meantime doesn't delay the
   * task.
   *
   * @param moment when to run, any distance ahead; a moment that has passed runs the task at once
   * @param task short and not blocking; runs on a thread of the clock
   * @return what cancels the task when closed; closing it later or again has no effect
   */
  WakeUp wakeAt(Instant moment, Runnable task);

  /** A task that waits for its moment. */
  @FunctionalInterface
  interface WakeUp extends AutoCloseable {
    /** Cancels the task unless it runs already. */
    @Override
    void close();
  }
}

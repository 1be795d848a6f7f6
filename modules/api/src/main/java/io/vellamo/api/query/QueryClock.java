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
   * Runs a task once, as soon as this clock has reached a moment.
   *
   * @param moment when to run; a moment that has passed runs the task at once
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

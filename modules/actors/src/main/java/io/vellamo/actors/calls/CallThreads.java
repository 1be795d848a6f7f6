package io.vellamo.actors.calls;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * The threads that run code which may block, and the clock by which calls are timed.
 *
 * <p><b>Threading</b> Safe to share.
 */
public interface CallThreads {
  /**
   * Returns an executor that runs one task after the other, in order, apart from all others.
   *
   * @param name the first part of its thread's name
   */
  ExecutorService serial(String name);

  /**
   * Returns an executor that runs each task at once, whatever other tasks do.
   *
   * @param name the first part of its threads' names
   */
  Executor perTask(String name);

  /** Returns elapsed time, which only differences of two readings tell. */
  long nanoTime();
}

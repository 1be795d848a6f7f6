package io.vellamo.actors.local;

import java.time.Duration;

/**
 * The way from a handle to the run of its query, wherever that is.
 *
 * <p><b>Threading</b> Safe to share; never waits.
 */
public interface RunControl {
  /** Notes that users' requests wait in the query's queue. */
  void requested();

  /**
   * Requests that the query end.
   *
   * @param timeout how long calls under way may take
   */
  void stop(Duration timeout);
}

package io.vellamo.api.query;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The manager of the queries of an actor system and their listeners.
 *
 * <p><b>Threading</b> Safe to share. Blocking methods must not be called from a query's functions,
 * sources or sinks.
 *
 * @since 0.1
 */
public interface StreamingQueryManager {
  /**
   * Returns the active queries.
   *
   * @return a snapshot, in the order of their starts
   */
  List<StreamingQuery> active();

  /**
   * Returns the active query with a name.
   *
   * @param name the name given to {@code query(name)}
   * @return empty if no such query is active
   */
  Optional<StreamingQuery> get(String name);

  /**
   * Returns the active query with an identity.
   *
   * @param id as returned by {@link StreamingQuery#id}
   * @return empty if no such query is active
   */
  Optional<StreamingQuery> get(UUID id);

  /**
   * Waits until a query ends. Returns immediately if one has ended since the creation of this
   * manager or the last {@link #resetTerminated}.
   *
   * @throws StreamingQueryException if a query that ended has failed; the first such failure
   * @throws InterruptedException if the caller is interrupted
   */
  void awaitAnyTermination() throws InterruptedException;

  /**
   * Waits as {@link #awaitAnyTermination()} does, or until a timeout has elapsed.
   *
   * @param timeout the maximum time to wait, positive
   * @return whether a query has ended
   * @throws StreamingQueryException if a query that ended has failed; the first such failure
   * @throws InterruptedException if the caller is interrupted
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  boolean awaitAnyTermination(Duration timeout) throws InterruptedException;

  /**
   * Forgets the queries that have ended, so that {@link #awaitAnyTermination()} waits for the next
   * one.
   */
  void resetTerminated();

  /**
   * Adds a listener, which receives all events from now on.
   *
   * @param listener the listener; ignored if it has already been added
   */
  void addListener(StreamingQueryListener listener);

  /**
   * Removes a listener. A call of the listener may still be in progress when this method returns.
   *
   * @param listener the listener; ignored if it has not been added
   */
  void removeListener(StreamingQueryListener listener);

  /**
   * Returns the listeners.
   *
   * @return a snapshot, in the order in which they were added
   */
  List<StreamingQueryListener> listeners();
}

package io.vellamo.api.query;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The queries of an actor system, and who listens to them.
 *
 * <p><b>Threading</b> Safe to share. The methods that wait must not be called from a query's own
 * functions, sources or sinks.
 *
 * @since 0.1
 */
public interface StreamingQueryManager {
  /**
   * Returns the queries that have not ended.
   *
   * @return a copy of the moment, in the order of their starts
   */
  List<StreamingQuery> active();

  /**
   * Returns the active query of a name.
   *
   * @param name as given to {@code query(name)}
   * @return empty if no such query is active
   */
  Optional<StreamingQuery> get(String name);

  /**
   * Returns the active query with an identity.
   *
   * @param id as {@link StreamingQuery#id} gives it
   * @return empty if no such query is active
   */
  Optional<StreamingQuery> get(UUID id);

  /**
   * Waits until a query ends, or returns at once if one has since the beginning or the last {@link
   * #resetTerminated}.
   *
   * @throws StreamingQueryException if a query that ended has failed; the first that did
   * @throws InterruptedException if the caller is interrupted
   */
  void awaitAnyTermination() throws InterruptedException;

  /**
   * Waits as {@link #awaitAnyTermination()} does, but not for ever.
   *
   * @param timeout how long to wait, positive
   * @return whether a query has ended
   * @throws StreamingQueryException if a query that ended has failed; the first that did
   * @throws InterruptedException if the caller is interrupted
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  boolean awaitAnyTermination(Duration timeout) throws InterruptedException;

  /** Forgets the queries that have ended, so that one can wait for the next. */
  void resetTerminated();

  /**
   * Adds a listener, which learns of everything from now on.
   *
   * @param listener not yet added, else nothing changes
   */
  void addListener(StreamingQueryListener listener);

  /**
   * Removes a listener. It may still be in a call.
   *
   * @param listener one that was added, else nothing changes
   */
  void removeListener(StreamingQueryListener listener);

  /**
   * Returns the listeners.
   *
   * @return a copy of the moment, in the order in which they were added
   */
  List<StreamingQueryListener> listeners();
}

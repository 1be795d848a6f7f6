package io.vellamo.actors.local;

import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.QueryCommand;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.RequestQueue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;

/** A message to {@link Queries}. */
sealed interface QueriesCommand {
  /**
   * Command to start a query.
   *
   * @param spec the query
   * @param monitor what is visible of it from outside
   * @param requests users' requests to it
   * @param shards gives access to its shards
   */
  record Start(QuerySpec spec, QueryMonitor monitor, RequestQueue requests, ShardsOfRun shards)
      implements QueriesCommand {}

  /**
   * Command to pass a message to a run of a query, or to drop it if that run has ended: a stale
   * handle must not affect a later run of the same name.
   *
   * @param monitor the run
   * @param command the message
   */
  record Forward(QueryMonitor monitor, QueryCommand command) implements QueriesCommand {}

  /**
   * Command to stop a run of a query.
   *
   * @param monitor the run
   * @param timeout how long calls under way may take
   */
  record Stop(QueryMonitor monitor, Duration timeout) implements QueriesCommand {}

  /**
   * Notification that a run of a query has begun to end, for whatever reason.
   *
   * @param monitor the run
   */
  record Ending(QueryMonitor monitor) implements QueriesCommand {}

  /**
   * Command to look again at a run that is ending: calls may have to be interrupted or given up, or
   * may have returned.
   *
   * @param monitor the run
   */
  record LookAgain(QueryMonitor monitor) implements QueriesCommand {}

  /**
   * Request for the shards of a query.
   *
   * @param name the query's name
   * @param shards completed with them, by number, and with the end of the query; with none if it
   *     does not run
   */
  record Shards(String name, CompletableFuture<LiveShards.Found> shards)
      implements QueriesCommand {}

  /**
   * Command to stop all queries and start no more.
   *
   * @param timeout how long calls under way may take
   * @param stopped completed when all have released everything, or were given up
   */
  record StopAll(Duration timeout, CompletableFuture<Done> stopped) implements QueriesCommand {}

  /**
   * Notification that a query has ended and closed source and sinks.
   *
   * @param monitor the run
   */
  record Closed(QueryMonitor monitor) implements QueriesCommand {}

  /** Command to warn of long calls. */
  enum WarnOfLongCalls implements QueriesCommand {
    /** The only value. */
    INSTANCE
  }
}

package io.vellamo.api.source;

import io.vellamo.api.query.NodeAccess;
import java.time.Duration;
import java.util.Optional;

/**
 * A source of the events of a query.
 *
 * <p>A source is divided into partitions; each is a sequence of entries with increasing offsets.
 * The query plans an epoch as ranges of offsets, journals the plan, and reads the ranges; after a
 * crash it reads them again.
 *
 * <p><b>Threading</b> An {@code EventSource} is only a description; {@link #open} returns the
 * reader that one query uses. A restart calls {@code open} again; so does a query after a failure
 * that it retries, see {@link io.vellamo.api.query.RetryPolicy}.
 *
 * @param <T> the event type
 * @since 0.1
 */
public interface EventSource<T> {
  /**
   * Returns a human-readable description of the source.
   *
   * @return a short text, such as {@code JsonLines[/data/events]}
   */
  String description();

  /**
   * Returns whether a range can be read again after a crash.
   *
   * @return false if the source discards events once it has emitted them
   */
  default boolean isReplayable() {
    return true;
  }

  /**
   * Returns the interval at which an idle query polls the source for new input.
   *
   * @return empty if the source calls {@link SourceContext#signal} when input arrives
   */
  default Optional<Duration> pollInterval() {
    return Optional.empty();
  }

  /**
   * Returns whether every node of a cluster can read the source. A shared source gives the same
   * events for the same range on every node, also while other nodes read it, and plans from the
   * committed offsets on any node. Ignored without a cluster.
   *
   * @return {@link NodeAccess#shared()} for such a source; by default, a query in a cluster refuses
   *     the source
   */
  default NodeAccess nodeAccess() {
    return NodeAccess.undeclared();
  }

  /**
   * Opens the source for a query.
   *
   * @param context the query that opens the source
   * @return the reader, which the query closes
   * @throws Exception if the source can't be opened; the message reaches the user
   */
  SourceReader<T> open(SourceContext context) throws Exception;
}

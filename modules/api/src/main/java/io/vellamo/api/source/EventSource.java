package io.vellamo.api.source;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the events of a query come from.
 *
 * <p>A source is divided into partitions; each is a sequence of entries with rising offsets. The
 * query plans an epoch as ranges of offsets, writes the plan down, and reads the ranges, again
 * after a crash.
 *
 * <p><b>Threading</b> A source describes; {@link #open} gives what is used by one query. It may be
 * called again for a restart.
 *
 * @param <T> the events
 * @since 0.1
 */
public interface EventSource<T> {
  /**
   * Returns what the source is, for people.
   *
   * @return a short text, such as {@code JsonLines[/data/events]}
   */
  String description();

  /**
   * Returns whether a range that was read can be read again after a crash.
   *
   * @return true unless the source forgets what it has handed out
   */
  default boolean isReplayable() {
    return true;
  }

  /**
   * Returns how often an idle query asks for new input.
   *
   * @return empty if the source calls {@link SourceContext#signal} by itself
   */
  default Optional<Duration> pollInterval() {
    return Optional.empty();
  }

  /**
   * Opens the source for a query.
   *
   * @param context who opens it
   * @return what reads it; closed by the query
   * @throws Exception if the source can't be opened; the message reaches the user
   */
  SourceReader<T> open(SourceContext context) throws Exception;
}

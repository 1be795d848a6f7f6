package io.vellamo.api.source;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;

/**
 * What a source is told when a query opens it.
 *
 * @param queryName the query's name
 * @param committed where the query's last committed epoch ended
 * @param bounded whether the query ends when it has read what is there, so that an unterminated
 *     last entry counts as complete
 * @param clock the query's processing time
 * @param signal tells the query that there may be new input; any thread, cheap, may be repeated
 * @since 0.1
 */
public record SourceContext(
    String queryName, Offsets committed, boolean bounded, InstantSource clock, Runnable signal) {
  public SourceContext {
    requireNonNull(queryName, "queryName");
    requireNonNull(committed, "committed");
    requireNonNull(clock, "clock");
    requireNonNull(signal, "signal");
  }
}

package io.vellamo.api.source;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;

/**
 * The query that opens a source.
 *
 * @param queryName the query's name
 * @param committed the end of the query's last committed epoch
 * @param bounded whether the query ends once it has read the available input, so that an
 *     unterminated last entry counts as complete
 * @param clock the clock of the query's processing time
 * @param signal notifies the query that there may be new input; cheap, may be called by any thread
 *     and repeatedly
 * @param inboxes the inboxes of the query's acknowledging sources
 * @since 0.1
 */
public record SourceContext(
    String queryName,
    Offsets committed,
    boolean bounded,
    InstantSource clock,
    Runnable signal,
    Inboxes inboxes) {
  public SourceContext {
    requireNonNull(queryName, "queryName");
    requireNonNull(committed, "committed");
    requireNonNull(clock, "clock");
    requireNonNull(signal, "signal");
    requireNonNull(inboxes, "inboxes");
  }

  /**
   * Creates the context of a reader that has no journal.
   *
   * @param queryName the query's name
   * @param committed the end of the query's last committed epoch
   * @param bounded whether the query ends once it has read the available input
   * @param clock the clock of the query's processing time
   * @param signal notifies the query that there may be new input
   */
  public SourceContext(
      String queryName, Offsets committed, boolean bounded, InstantSource clock, Runnable signal) {
    this(queryName, committed, bounded, clock, signal, Inboxes.none());
  }
}

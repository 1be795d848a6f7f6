package io.vellamo.engine.journal;

import io.vellamo.engine.journal.JournalRecord.QueryRecord;

/** A record of the sink of a query, in the journal of the query. */
public sealed interface SinkRecord extends QueryRecord {
  /**
   * The division of the query's shards into ranges, each with a writer at the sink. It changes only
   * with the number of shards.
   *
   * @param ranges the number of ranges
   */
  record SinkDivided(int ranges) implements SinkRecord {}

  /**
   * The commit of the last committed epoch by all ranges of the sink, at the end of a run.
   *
   * @param epoch the epoch
   */
  record SinkCommitted(long epoch) implements SinkRecord {}
}

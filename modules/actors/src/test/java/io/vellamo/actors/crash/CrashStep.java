package io.vellamo.actors.crash;

/** Where in the protocol of an epoch a process kills itself. */
enum CrashStep {
  /** The plan is in the journal, nothing has been read. */
  PLANNED,
  /** Groups are being called. */
  CALLING_GROUPS,
  /** A shard has written, another is still calling its groups. */
  SOME_SHARDS_WRITTEN,
  /** All shards have written, the sink has not. */
  SHARDS_WRITTEN,
  /** The sink has written, the commit is not in the journal. */
  SINK_WRITTEN,
  /** A range has written its rows. */
  RANGE_WRITTEN,
  /** A range is about to commit at the sink; the commit is in the journal. */
  RANGE_COMMITS,
  /** A range has committed at the sink, which the query does not know. */
  RANGE_COMMITTED,
  /** The commit is in the journal. */
  COMMITTED
}

package io.vellamo.actors.crash;

/** Where in the protocol of an epoch a process kills itself. */
enum CrashStep {
  /** The plan is in the journal, nothing has been read. */
  PLANNED,
  /** Groups are being called; other shards may have written already. */
  CALLING_GROUPS,
  /** All shards have written, the sink has not. */
  SHARDS_WRITTEN,
  /** The sink has written, the commit is not in the journal. */
  SINK_WRITTEN,
  /** The commit is in the journal. */
  COMMITTED
}

package io.vellamo.engine.journal;

import io.vellamo.engine.journal.JournalRecord.QueryRecord;

/**
 * A record of a change of the number of shards, in the journal of the query. The old shards are in
 * effect up to {@link Ended}, the new ones from there on.
 */
public sealed interface ReshardRecord extends QueryRecord {
  /**
   * The beginning of a change, before the first record of a new shard. It fences runs of the query
   * like the start of a run. If the change never ends, the journals of the new shards have no
   * effect.
   *
   * @param incarnation the number of starts so far, including this one
   * @param target the new shards
   */
  record Begun(long incarnation, ShardLayout target) implements ReshardRecord {}

  /**
   * The end of a change: the journals of the new shards are complete, and in effect from now on.
   * The ranges of shards at the sink are divided again by the next run.
   *
   * @param layout the new shards
   */
  record Ended(ShardLayout layout) implements ReshardRecord {}

  /**
   * The removal of the journals of shards that are not in effect.
   *
   * @param generation the generation of the shards
   */
  record Removed(int generation) implements ReshardRecord {}
}

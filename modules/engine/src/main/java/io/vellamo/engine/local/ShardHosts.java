package io.vellamo.engine.local;

import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.List;

/**
 * The place where the shards of a run live: beside the run, or anywhere in a simulated cluster.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public interface ShardHosts {
  /**
   * Returns shards that live and end with their run.
   *
   * @param filter lets other activations receive requests too
   */
  static ShardHosts own(LocalRun run, EffectQueue queue, EffectFilter filter) {
    return new OwnShards(run, queue, filter);
  }

  /** Notes how the query was created, before the first request. */
  void start(QueryCreated created);

  /** Starts a shard again that has stopped, if nothing else does. */
  void restart(int shard);

  /** Sends a request to a shard. Its reply goes to {@link LocalRun#replied}. */
  void send(int shard, ShardRequest request);

  /** Notes that what an attempt has read is discarded. */
  default void discarded(long epoch, long attempt) {}

  /** Returns an activation of each shard that has one. */
  List<LocalShard> shards();

  /** Notes that the run has ended. */
  void end();
}

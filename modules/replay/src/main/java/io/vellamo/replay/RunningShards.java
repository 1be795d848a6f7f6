package io.vellamo.replay;

import io.vellamo.engine.shard.ShardDigest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Access to the shards of running queries, for a comparison with the journal: {@code
 * Vellamo.get(system)::shardDigests}.
 *
 * <p><b>Threading</b> Called by any thread.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RunningShards {
  /**
   * Returns digests of a query's shards, taken now.
   *
   * @param query the query's name
   * @return the digests, by number of the shard; an empty list if the query does not run
   */
  CompletionStage<List<ShardDigest>> digests(String query);
}

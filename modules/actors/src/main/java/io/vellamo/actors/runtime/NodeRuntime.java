package io.vellamo.actors.runtime;

import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.engine.shard.ShardDigest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The runtime of an actor system's queries.
 *
 * <p><b>Threading</b> Safe to share.
 */
public interface NodeRuntime extends QueryStarter {
  /** Returns the manager of the queries and their listeners. */
  StreamingQueryManager queries();

  /**
   * Returns the digests of the shards of a query that runs here.
   *
   * @param name the query's name
   * @return the digests, by number of the shard; none if the query does not run here
   */
  CompletionStage<List<ShardDigest>> shardDigests(String name);
}

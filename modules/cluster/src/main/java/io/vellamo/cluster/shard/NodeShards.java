package io.vellamo.cluster.shard;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.local.ShardsOfRun;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.cluster.read.NodeReaders;
import io.vellamo.cluster.settings.ClusterSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The shards and readers on this node, of all queries that are defined here.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class NodeShards {
  private final ActorSystem<?> system;
  private final CallThreads threads;
  private final ClusterSettings settings;
  private final NodeReaders readers;
  private final Map<String, QueryShards> queries = new ConcurrentHashMap<>();

  /**
   * Creates an instance for a node where no query is defined.
   *
   * @param threads call sources and sinks
   */
  public NodeShards(ActorSystem<?> system, CallThreads threads, ClusterSettings settings) {
    this.system = system;
    this.threads = threads;
    this.settings = settings;
    this.readers = new NodeReaders(system, threads);
  }

  /**
   * Lets the cluster place shards of a query on this node, and has its sources read here, by this
   * definition from now on.
   */
  public void define(QuerySpec spec) {
    readers.define(spec);
    queries.compute(
        spec.name(),
        (name, known) -> {
          if (known == null) {
            return QueryShards.start(system, spec, threads, settings.role());
          }
          known.redefined(spec);
          return known;
        });
  }

  /** Returns the access of a run to the shards of its query, which it defines here if need be. */
  public ShardsOfRun of(QuerySpec spec) {
    if (!queries.containsKey(spec.name())) {
      define(spec);
    }
    QueryShards shards = Objects.requireNonNull(queries.get(spec.name()), "shards");
    return resources -> shards.access(readers, settings.askAgainFirst(), settings.askAgainMost());
  }

  /**
   * Returns the numbers of a query's shards that each node hosts, by its address; none if the query
   * is not defined here, or a node does not answer in time.
   */
  public CompletionStage<Map<String, List<Integer>>> hosting(String query) {
    QueryShards shards = queries.get(query);
    return shards == null ? CompletableFuture.completedStage(Map.of()) : shards.hosting();
  }
}

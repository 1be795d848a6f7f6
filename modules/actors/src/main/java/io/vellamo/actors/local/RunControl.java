package io.vellamo.actors.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The way from a handle to the run of its query, wherever that is.
 *
 * <p><b>Threading</b> Safe to share; never waits.
 */
public interface RunControl {
  /** Notes that users' requests wait in the query's queue. */
  void requested();

  /**
   * Requests that the query end.
   *
   * @param timeout how long calls under way may take
   */
  void stop(Duration timeout);

  /**
   * Returns the numbers of the shards, among all shards of the query, that each node of the cluster
   * hosts, by its address; none without a cluster.
   */
  default CompletionStage<Map<String, List<Integer>>> hosting() {
    return CompletableFuture.completedStage(Map.of());
  }
}

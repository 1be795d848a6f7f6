package io.vellamo.actors.local;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.runtime.NodeRuntime;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.engine.shard.ShardDigest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The queries of an actor system whose actors all run in this JVM.
 *
 * <p><b>Threading</b> Safe to share; one instance for each actor system.
 *
 * <p><b>Failure</b> When the actor system terminates, all queries are stopped first.
 */
public final class LocalRuntime implements NodeRuntime {
  private final NodeQueries node;

  /**
   * Starts the runtime.
   *
   * @param system where queries run
   * @param settings the configuration
   * @param threads call sources and sinks
   * @param background runs tasks that wait for a query, and users' callbacks, each on a thread of
   *     its own
   */
  public LocalRuntime(
      ActorSystem<?> system, VellamoSettings settings, CallThreads threads, Executor background) {
    this.node = new NodeQueries(system, settings, threads, background);
    // While streams and journals still work: a query that is cut off counts as failed.
    node.stopIn(CoordinatedShutdown.PhaseServiceRequestsDone());
  }

  @Override
  public StreamingQueryManager queries() {
    return node.manager();
  }

  @Override
  public CompletionStage<List<ShardDigest>> shardDigests(String name) {
    return node.shardDigests(name);
  }

  @Override
  public StreamingQuery start(QueryPlan plan) {
    QuerySpec spec = node.prepared(plan);
    QueryMonitor monitor = node.monitor(spec);
    return node.start(
        spec,
        QueryPlacement.HERE,
        monitor,
        requests -> node.run(spec, monitor, requests, LocalShards.of(spec)));
  }

  @Override
  public BatchReport runBatch(QueryPlan plan) throws InterruptedException {
    return node.runBatch(plan);
  }
}

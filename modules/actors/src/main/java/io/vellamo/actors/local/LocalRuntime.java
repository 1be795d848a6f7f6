package io.vellamo.actors.local;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.io.DeadLetterLog;
import io.vellamo.actors.observe.ListenerBus;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.RequestQueue;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.engine.local.BatchRun;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.persistence.codec.QueryCodecs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * The queries of an actor system whose actors all run in this JVM, and the batches that run on the
 * calling thread.
 *
 * <p><b>Threading</b> Safe to share; one instance for each actor system.
 *
 * <p><b>Failure</b> When the actor system terminates, all queries are stopped first.
 */
public final class LocalRuntime implements QueryStarter {
  private final ActorSystem<?> system;
  private final VellamoSettings settings;
  private final Executor background;
  private final QueryClock clock;
  private final ActorRef<QueriesCommand> queries;
  private final QueryRegistry registry;

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
    this.system = system;
    this.settings = settings;
    this.background = background;
    this.clock = new SystemQueryClock(system);
    this.registry =
        new QueryRegistry(
            new ListenerBus(background, settings.listenerMaxPending(), settings.failures()));
    this.queries =
        system.systemActorOf(
            Queries.create(settings, threads, registry),
            "vellamo",
            DispatcherSelector.fromConfig(settings.controlDispatcher()));
    // While streams and journals still work: a query that is cut off counts as failed.
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseServiceRequestsDone(), "vellamo-stop-queries", this::stopAll);
  }

  private CompletionStage<Done> stopAll() {
    registry.closing("its actor system is terminating");
    CompletableFuture<Done> stopped = new CompletableFuture<>();
    queries.tell(new QueriesCommand.StopAll(shutdownTimeout(), stopped));
    registry.closed().thenRun(() -> stopped.complete(Done.getInstance()));
    return stopped.thenCompose(
        done ->
            registry.bus().drained(settings.listenerShutdownTimeout()).thenApply(heard -> done));
  }

  /**
   * Returns less than Pekko allows for the phase: after it, calls that block would not be reported.
   */
  private Duration shutdownTimeout() {
    Duration phase =
        Duration.ofNanos(
            CoordinatedShutdown.get(system)
                .timeout(CoordinatedShutdown.PhaseServiceRequestsDone())
                .toNanos());
    Duration most = phase.multipliedBy(4).dividedBy(5);
    return settings.stopTimeout().compareTo(most) < 0 ? settings.stopTimeout() : most;
  }

  /** Returns the manager of the queries and their listeners. */
  public StreamingQueryManager queries() {
    return registry;
  }

  /** Returns the digests of a query's shards, by number; none if it does not run. */
  public CompletionStage<List<ShardDigest>> shardDigests(String name) {
    return new LiveShards(system, queries, registry, background).digests(name);
  }

  @Override
  public StreamingQuery start(QueryPlan plan) {
    settings.journal().requireJournal(system.settings().config());
    QuerySpec spec = prepared(plan);
    if (CoordinatedShutdown.get(system).getShutdownReason().isPresent()
        || system.whenTerminated().isCompleted()) {
      registry.closing("its actor system is terminating, or has terminated");
    }
    // Asked here, as nothing may wait for source and sink while the registry is locked.
    DeliveryGuarantee guarantee = spec.query().guarantee();
    return registry.start(plan.name(), () -> started(spec, guarantee));
  }

  private RunningQuery started(QuerySpec spec, DeliveryGuarantee guarantee) {
    QueryMonitor monitor =
        new QueryMonitor(
            spec.name(),
            spec.clock(),
            SystemQueryClock.machine(),
            settings,
            registry.bus(),
            registry);
    RequestQueue requests = new RequestQueue(settings.maxPendingRequests());
    RunningQuery query =
        new RunningQuery(monitor, guarantee, spec.query(), queries, requests, settings, background);
    queries.tell(new QueriesCommand.Start(spec, monitor, requests));
    return query;
  }

  @Override
  public BatchReport runBatch(QueryPlan plan) throws InterruptedException {
    QuerySpec spec = prepared(plan);
    return BatchRun.run(
        spec.query(),
        spec.clock(),
        spec.settings().failures(),
        DeadLetterLog::warn,
        delay -> TimeUnit.MILLISECONDS.sleep(delay.toMillis()));
  }

  private QuerySpec prepared(QueryPlan plan) {
    QueryPlan known = plan.retry().isPresent() ? plan : plan.withRetry(settings.retry());
    PreparedQuery query = QueryCodecs.prepare(known, system.dynamicAccess().classLoader());
    return new QuerySpec(query, plan.clock().orElse(clock), settings);
  }
}

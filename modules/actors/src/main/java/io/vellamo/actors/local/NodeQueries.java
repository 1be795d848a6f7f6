package io.vellamo.actors.local;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.io.DeadLetterLog;
import io.vellamo.actors.observe.ListenerBus;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.observe.RunEnds;
import io.vellamo.actors.query.QueryCommand;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.RequestQueue;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.internal.QueryPlan;
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
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * The queries of one actor system: the handles that its users hold, the runs whose coordinators are
 * here, and the batches that run on the calling thread. In a cluster, a handle and the run of its
 * query may be on two nodes.
 *
 * <p><b>Threading</b> Safe to share; one instance for each actor system.
 */
public final class NodeQueries {
  private final ActorSystem<?> system;
  private final VellamoSettings settings;
  private final Executor background;
  private final QueryClock clock;
  private final ActorRef<QueriesCommand> queries;
  private final QueryRegistry registry;

  /**
   * Starts the parent of the coordinators.
   *
   * @param system where queries run
   * @param settings the configuration
   * @param threads call sources and sinks
   * @param background runs tasks that wait for a query, and users' callbacks, each on a thread of
   *     its own
   */
  public NodeQueries(
      ActorSystem<?> system, VellamoSettings settings, CallThreads threads, Executor background) {
    this.system = system;
    this.settings = settings;
    this.background = background;
    this.clock = new SystemQueryClock(system);
    this.registry = new QueryRegistry(bus());
    this.queries =
        system.systemActorOf(
            Queries.create(settings, threads, registry),
            "vellamo",
            DispatcherSelector.fromConfig(settings.controlDispatcher()));
  }

  private ListenerBus bus() {
    return new ListenerBus(background, settings.listenerMaxPending(), settings.failures());
  }

  /** Stops all queries in a phase of the actor system's shutdown, in less than its timeout. */
  public void stopIn(String phase) {
    CoordinatedShutdown.get(system)
        .addTask(phase, "vellamo-stop-queries", () -> stopAll(timeoutIn(phase)));
  }

  private CompletionStage<Done> stopAll(Duration timeout) {
    registry.closing("its actor system is terminating");
    CompletableFuture<Done> stopped = new CompletableFuture<>();
    queries.tell(new QueriesCommand.StopAll(timeout, stopped));
    registry.closed().thenRun(() -> stopped.complete(Done.getInstance()));
    return stopped.thenCompose(
        done ->
            registry.bus().drained(settings.listenerShutdownTimeout()).thenApply(heard -> done));
  }

  /**
   * Returns the time that runs have to end in a phase of the shutdown: less than Pekko allows for
   * the phase, as calls that block would not be reported after it.
   */
  public Duration timeoutIn(String phase) {
    Duration whole = Duration.ofNanos(CoordinatedShutdown.get(system).timeout(phase).toNanos());
    Duration most = whole.multipliedBy(4).dividedBy(5);
    return settings.stopTimeout().compareTo(most) < 0 ? settings.stopTimeout() : most;
  }

  /** Returns the manager of the handles and their listeners. */
  public StreamingQueryManager manager() {
    return registry;
  }

  /** Returns the digests of a query's shards, by number; none if it does not run here. */
  public CompletionStage<List<ShardDigest>> shardDigests(String name) {
    return new LiveShards(system, queries, registry, background).digests(name);
  }

  /**
   * Returns a query, ready to run.
   *
   * @throws IllegalStateException if no journal is configured
   */
  public QuerySpec prepared(QueryPlan plan) {
    settings.journal().requireJournal(system.settings().config());
    return spec(plan);
  }

  private QuerySpec spec(QueryPlan plan) {
    QueryPlan known = plan.retry().isPresent() ? plan : plan.withRetry(settings.retry());
    PreparedQuery query = QueryCodecs.prepare(known, system.dynamicAccess().classLoader());
    return new QuerySpec(query, plan.clock().orElse(clock), settings);
  }

  /** Runs a query on the calling thread, over all that its sources have. */
  public BatchReport runBatch(QueryPlan plan) throws InterruptedException {
    QuerySpec spec = spec(plan);
    return BatchRun.run(
        spec.query(),
        spec.clock(),
        spec.settings().failures(),
        DeadLetterLog::warn,
        delay -> TimeUnit.MILLISECONDS.sleep(delay.toMillis()));
  }

  /** Returns the monitor of a handle whose query runs on this node. */
  public QueryMonitor monitor(QuerySpec spec) {
    return new QueryMonitor(
        spec.name(), spec.clock(), SystemQueryClock.machine(), settings, registry.bus(), registry);
  }

  /** Returns the monitor of a handle whose query may run on another node. */
  public QueryMonitor mirror(QuerySpec spec) {
    return QueryMonitor.mirror(
        spec.name(), spec.clock(), SystemQueryClock.machine(), settings, registry.bus(), registry);
  }

  /** Returns the monitor of a run without a handle; it tells no listeners, but {@code ends}. */
  public QueryMonitor monitor(QuerySpec spec, RunEnds ends) {
    return new QueryMonitor(
        spec.name(), spec.clock(), SystemQueryClock.machine(), settings, bus(), ends);
  }

  /**
   * Starts a query, unless its name is taken or the actor system is ending, and returns its handle.
   *
   * @param spec the query
   * @param placement where it runs, for its description
   * @param monitor what is visible of it from outside
   * @param start starts it, given the queue of users' requests to it
   * @throws IllegalStateException if it must not start
   */
  public StreamingQuery start(
      QuerySpec spec,
      QueryPlacement placement,
      QueryMonitor monitor,
      Function<RequestQueue, RunControl> start) {
    if (CoordinatedShutdown.get(system).getShutdownReason().isPresent()
        || system.whenTerminated().isCompleted()) {
      registry.closing("its actor system is terminating, or has terminated");
    }
    // Asked here, as nothing may wait for source and sink while the registry is locked.
    DeliveryGuarantee guarantee = spec.query().guarantee();
    List<String> runtime = RuntimeText.of(spec, placement, system.settings().config());
    return registry.start(
        spec.name(),
        () -> {
          RequestQueue requests = new RequestQueue(settings.maxPendingRequests());
          RunControl control = start.apply(requests);
          return new RunningQuery(
              monitor, guarantee, spec.query(), runtime, control, requests, settings, background);
        });
  }

  /**
   * Starts a run, whose coordinator is on this node.
   *
   * @param spec the query
   * @param monitor what is visible of the run from outside; told when it has ended
   * @param requests users' requests to it
   * @param shards gives access to its shards
   */
  public RunControl run(
      QuerySpec spec, QueryMonitor monitor, RequestQueue requests, ShardsOfRun shards) {
    queries.tell(new QueriesCommand.Start(spec, monitor, requests, shards));
    return new RunControl() {
      @Override
      public void requested() {
        queries.tell(new QueriesCommand.Forward(monitor, QueryCommand.Requested.INSTANCE));
      }

      @Override
      public void stop(Duration timeout) {
        queries.tell(new QueriesCommand.Stop(monitor, timeout));
      }
    };
  }

  /** Returns the access to shards that all run on this node, as children of the coordinator. */
  public static ShardsOfRun shardsHere(QuerySpec spec) {
    return LocalShards.of(spec);
  }
}

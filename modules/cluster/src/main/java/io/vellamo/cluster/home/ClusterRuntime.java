package io.vellamo.cluster.home;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.calls.FatalErrors;
import io.vellamo.actors.local.NodeQueries;
import io.vellamo.actors.local.QueryPlacement;
import io.vellamo.actors.local.RunControl;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.RequestQueue;
import io.vellamo.actors.runtime.NodeRuntime;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.cluster.checks.ClusterChecks;
import io.vellamo.cluster.settings.ClusterSettings;
import io.vellamo.cluster.shard.NodeShards;
import io.vellamo.engine.shard.ShardDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * The queries of a node of a cluster. Starting a query defines it on this node, and starts it
 * unless it already runs in the cluster.
 *
 * <p><b>Threading</b> Safe to share; one instance for each actor system.
 *
 * <p><b>Failure</b> When the node leaves the cluster, the homes of queries on it move to other
 * nodes first, and then its handles end; the queries go on.
 */
public final class ClusterRuntime implements NodeRuntime {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

  private final ActorSystem<?> system;
  private final ClusterChecks checks;
  private final HomeNode node;
  private final DispatcherSelector dispatcher;
  private final Map<ActorRef<HandleCommand>, CompletableFuture<Void>> handles =
      new ConcurrentHashMap<>();

  /**
   * Starts the runtime of a node.
   *
   * @param system the node
   * @param settings the configuration
   * @param threads call sources and sinks
   * @param background runs tasks that wait for a query, and users' callbacks, each on a thread of
   *     its own
   */
  ClusterRuntime(
      ActorSystem<?> system, VellamoSettings settings, CallThreads threads, Executor background) {
    this.system = system;
    this.dispatcher = DispatcherSelector.fromConfig(settings.controlDispatcher());
    ClusterSettings cluster = ClusterSettings.from(system.settings().config());
    this.checks = ClusterChecks.create(system, cluster, settings.journal());
    NodeQueries queries = new NodeQueries(system, settings, threads, background);
    this.node =
        new HomeNode(
            Cluster.get(system).selfMember().address().toString(),
            queries,
            new Definitions(),
            new NodeShards(system, threads, cluster),
            cluster,
            settings.stopTimeout(),
            queries.timeoutIn(CoordinatedShutdown.PhaseClusterExiting()));
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseClusterExitingDone(), "vellamo-end-handles", this::endHandles);
    queries.stopIn(CoordinatedShutdown.PhaseBeforeActorSystemTerminate());
  }

  private CompletionStage<Done> endHandles() {
    Map<ActorRef<HandleCommand>, CompletableFuture<Void>> all = Map.copyOf(handles);
    all.keySet().forEach(handle -> handle.tell(HandleCommand.Leave.INSTANCE));
    return CompletableFuture.allOf(all.values().toArray(CompletableFuture[]::new))
        .handle((ok, failure) -> Done.getInstance());
  }

  @Override
  public StreamingQueryManager queries() {
    return node.queries().manager();
  }

  @Override
  public CompletionStage<List<ShardDigest>> shardDigests(String name) {
    return node.queries().shardDigests(name);
  }

  @Override
  public BatchReport runBatch(QueryPlan plan) throws InterruptedException {
    return node.queries().runBatch(plan);
  }

  @Override
  public StreamingQuery start(QueryPlan plan) {
    QuerySpec spec = node.queries().prepared(plan);
    QueryPlacement placement =
        new QueryPlacement(
            "distributed over the nodes of the cluster", checks.require(spec.query()));
    QueryMonitor mirror = node.queries().mirror(spec);
    Definition definition = Definition.of(spec, mirror);
    return node.queries().start(spec, placement, mirror, requests -> handle(definition, requests));
  }

  private RunControl handle(Definition definition, RequestQueue requests) {
    node.definitions().add(definition);
    ActorRef<HandleCommand> handle =
        system.systemActorOf(
            FatalErrors.contained(
                NodeHandle.create(node, definition, requests, home(definition.name()))),
            "vellamo-handle-%s-%s".formatted(definition.name(), definition.mirror().runId()),
            dispatcher);
    CompletableFuture<Void> end = definition.mirror().terminated();
    handles.put(handle, end);
    CompletionStage<Void> ended = end;
    ended.whenComplete((ok, failure) -> handles.remove(handle));
    return new RunControl() {
      @Override
      public void requested() {
        handle.tell(HandleCommand.Requested.INSTANCE);
      }

      @Override
      public void stop(Duration timeout) {
        handle.tell(new HandleCommand.StopAsked(timeout));
      }
    };
  }

  /** Starts the home of a query if it has to be on this node, and returns the way to it. */
  private ActorRef<HomeCommand> home(String query) {
    Behavior<HomeCommand> home =
        Behaviors.supervise(FatalErrors.contained(QueryHome.create(node, query)))
            .onFailure(SupervisorStrategy.restartWithBackoff(FIRST_BACKOFF, LONGEST_BACKOFF, 0.2));
    ClusterSingletonSettings settings = ClusterSingletonSettings.create(system);
    return ClusterSingleton.get(system)
        .init(
            SingletonActor.of(home, "vellamo-" + query)
                .withProps(dispatcher)
                .withStopMessage(HomeCommand.HandOver.INSTANCE)
                .withSettings(
                    node.settings().role().isEmpty()
                        ? settings
                        : settings.withRole(node.settings().role())));
  }
}

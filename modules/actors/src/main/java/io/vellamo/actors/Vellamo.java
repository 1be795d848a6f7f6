package io.vellamo.actors;

import static java.util.Objects.requireNonNull;

import io.vellamo.actors.calls.BlockingThreads;
import io.vellamo.actors.calls.FunctionThreads;
import io.vellamo.api.EventStream;
import io.vellamo.api.QueryStart;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.source.EventSource;
import io.vellamo.engine.local.BatchRun;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.persistence.codec.QueryCodecs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;

/**
 * Stateful queries on an actor system.
 *
 * <pre>{@code
 * StreamingQuery query =
 *     Vellamo.get(system)
 *         .query("sessions")
 *         .from(JsonLines.source(path, Click.class))
 *         .withWatermark(Click::time, Duration.ofMinutes(20))
 *         .groupByKey(Click::user)
 *         .flatMapGroupsWithState(APPEND, EVENT_TIME, Sessions.class, new Sessionize())
 *         .to(JsonLines.sink(out))
 *         .start();
 * }</pre>
 *
 * <p><b>Threading</b> Safe to share; one instance for each actor system.
 *
 * <p><b>Failure</b> When the actor system terminates, all queries are stopped first, in the phase
 * {@code service-requests-done} of Pekko's coordinated shutdown. Calls of user code then have
 * {@code vellamo.stop-timeout} to return, but at most four fifths of that phase's timeout; those
 * that have not returned are given up, so the actor system terminates in bounded time.
 *
 * @since 0.1
 */
public final class Vellamo implements Extension {
  private final ActorSystem<?> system;
  private final VellamoSettings settings;
  private final QueryClock clock;
  private final ActorRef<Queries.Command> queries;
  private final QueryRegistry registry;
  // Runs tasks that wait for a query, and users' callbacks, each on a thread of its own.
  private final Executor background;
  private final QueryStarter starter = new Starter();

  private Vellamo(ActorSystem<?> system) {
    this.system = system;
    this.settings = VellamoSettings.from(system.settings().config());
    this.clock = new SystemQueryClock(system);
    this.background =
        BlockingThreads.perTask(
            BlockingThreads.factory(
                settings.blockingThreads(),
                system.name() + "-vellamo-background",
                FunctionThreads.onUncaught(system)));
    this.registry =
        new QueryRegistry(
            new ListenerBus(background, settings.listenerMaxPending(), settings.failures()));
    this.queries =
        system.systemActorOf(
            Queries.create(settings, registry),
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
    queries.tell(new Queries.Command.StopAll(shutdownTimeout(), stopped));
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

  /**
   * Returns Vellamo on an actor system; the first call starts it.
   *
   * @param system where queries run
   * @return the one instance of that system
   * @throws IllegalArgumentException if a setting below {@code vellamo} is out of range
   */
  public static Vellamo get(ActorSystem<?> system) {
    return Id.INSTANCE.apply(system);
  }

  /**
   * Returns the beginning of a query.
   *
   * @param name identifies the query and its journal: letters, digits, {@code . _ -}, at most 100,
   *     beginning with a letter or digit
   * @return a query that needs a source
   * @throws IllegalArgumentException if {@code name} has another form
   */
  public QueryStart query(String name) {
    return QueryStart.of(name, starter);
  }

  /**
   * Returns the manager of this actor system's queries and their listeners.
   *
   * @return the one manager of this actor system
   */
  public StreamingQueryManager queries() {
    return registry;
  }

  /**
   * Returns a pipeline as a Pekko flow, for use in an existing graph.
   *
   * <p><b>Order</b> The flow emits rows by epoch, once the epoch is durable in the journal.
   *
   * <p><b>Failure</b> A failing query fails the flow. Elements in flight at a crash are lost unless
   * they are sent again; {@link #flowWithContext} tells which are durable. When the input
   * completes, all of it is processed, then the flow completes; groups that are still open stay in
   * the journal for the next materialization.
   *
   * @param name as for {@link #query}; one materialization at a time
   * @param pipeline the pipeline that the input goes through
   * @param <I> the input elements
   * @param <O> the rows
   * @return a flow that starts the query when it is materialized
   */
  public <I, O> Flow<I, O, NotUsed> flow(
      String name, Function<EventStream<I>, EventStream<O>> pipeline) {
    Flow<Pair<I, NotUsed>, Pair<List<O>, NotUsed>, NotUsed> inner = pairs(name, pipeline);
    return Flow.<I>create()
        .map(element -> Pair.create(element, NotUsed.getInstance()))
        .via(inner)
        .mapConcat(Pair::first);
  }

  /**
   * Returns a pipeline as a Pekko flow that emits each context, such as a Kafka offset, once its
   * element is durable in the journal.
   *
   * <p><b>Order</b> Every context is emitted, in the order of the input, even that of an element
   * that was filtered out or late. The rows of an epoch come with the epoch's last context, an
   * empty list with the others. An epoch that has rows but no input repeats the preceding context.
   *
   * <p><b>Failure</b> As for {@link #flow}. Commit emitted contexts only: then elements in flight
   * at a crash are sent again, so that every event is applied at least once.
   *
   * @param name as for {@link #query}; one materialization at a time
   * @param pipeline the pipeline that the input goes through
   * @param <I> the input elements
   * @param <C> the contexts
   * @param <O> the rows
   * @return a flow that starts the query when it is materialized
   */
  public <I, C, O> FlowWithContext<I, C, List<O>, C, NotUsed> flowWithContext(
      String name, Function<EventStream<I>, EventStream<O>> pipeline) {
    return FlowWithContext.fromPairs(this.<I, C, O>pairs(name, pipeline));
  }

  /**
   * Returns digests of the shards of a query that runs here, with which a check of the journal
   * compares: {@code JournalReplay.on(system).verify(name, vellamo::shardDigests)}.
   *
   * <p><b>Cost</b> A shard reads all it keeps once, between two messages.
   *
   * @param name the query's name
   * @return the digests, by number of the shard; an empty list if the query does not run
   */
  public CompletionStage<List<ShardDigest>> shardDigests(String name) {
    return new LiveShards(system, queries, registry).digests(name);
  }

  private <I, C, O> Flow<Pair<I, C>, Pair<List<O>, C>, NotUsed> pairs(
      String name, Function<EventStream<I>, EventStream<O>> pipeline) {
    return new QueryFlow<I, C, O>(
            system, background, query(name), settings.flowCapacity(), pipeline)
        .create();
  }

  private StreamingQuery start(QueryPlan plan) {
    settings.journal().requireJournal(system.settings().config());
    QuerySpec spec = prepared(plan);
    if (CoordinatedShutdown.get(system).getShutdownReason().isPresent()
        || system.whenTerminated().isCompleted()) {
      registry.closing("its actor system is terminating, or has terminated");
    }
    // Asked here, as nothing may wait for source and sink while the registry is locked.
    DeliveryGuarantee guarantee = guarantee(plan);
    return registry.start(plan.name(), () -> started(spec, guarantee));
  }

  private RunningQuery started(QuerySpec spec, DeliveryGuarantee guarantee) {
    QueryMonitor monitor = new QueryMonitor(spec, registry);
    RequestQueue requests = new RequestQueue(settings.maxPendingRequests());
    RunningQuery query =
        new RunningQuery(
            monitor,
            guarantee,
            spec.operatorNames(),
            spec.keyCodecs(),
            queries,
            requests,
            settings,
            background);
    queries.tell(new Queries.Command.Start(spec, monitor, requests));
    return query;
  }

  private BatchReport runBatch(QueryPlan plan) throws InterruptedException {
    QuerySpec spec = prepared(plan);
    return BatchRun.run(
        spec.query(),
        spec.clock(),
        spec.settings().failures(),
        DeadLetterLog::warn,
        delay -> Thread.sleep(delay.toMillis()));
  }

  private QuerySpec prepared(QueryPlan plan) {
    PreparedQuery query = QueryCodecs.prepare(plan, system.dynamicAccess().classLoader());
    return new QuerySpec(query, plan.clock().orElse(clock), settings);
  }

  /** The starter that pipelines use. */
  private final class Starter implements QueryStarter {
    @Override
    public StreamingQuery start(QueryPlan plan) {
      return Vellamo.this.start(plan);
    }

    @Override
    public BatchReport runBatch(QueryPlan plan) throws InterruptedException {
      return Vellamo.this.runBatch(plan);
    }
  }

  private static DeliveryGuarantee guarantee(QueryPlan plan) {
    if (!plan.upstream().sources().stream().allMatch(EventSource::isReplayable)) {
      return DeliveryGuarantee.AT_MOST_ONCE;
    }
    return plan.sink().guarantee() == SinkGuarantee.AT_LEAST_ONCE
        ? DeliveryGuarantee.AT_LEAST_ONCE
        : DeliveryGuarantee.EXACTLY_ONCE;
  }

  /**
   * The id by which Pekko finds Vellamo on an actor system.
   *
   * @since 0.1
   */
  public static final class Id extends ExtensionId<Vellamo> {
    private static final Id INSTANCE = new Id();

    private Id() {}

    /**
     * Returns the one instance of this id.
     *
     * @return the id
     */
    public static Id instance() {
      return INSTANCE;
    }

    @Override
    public Vellamo createExtension(ActorSystem<?> system) {
      if (requireNonNull(system, "system").whenTerminated().isCompleted()) {
        throw new IllegalStateException(
            "Vellamo needs an actor system that runs, [%s] has terminated"
                .formatted(system.name()));
      }
      return new Vellamo(system);
    }
  }
}

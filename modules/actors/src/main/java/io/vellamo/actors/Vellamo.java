package io.vellamo.actors;

import static java.util.Objects.requireNonNull;

import io.vellamo.actors.calls.BlockingThreads;
import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.calls.FunctionThreads;
import io.vellamo.actors.runtime.NodeRuntime;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.engine.shard.ShardDigest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;

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
 * <p>With {@code pekko.actor.provider = cluster}, queries run across the nodes of the cluster,
 * which requires the artifact {@code vellamo-cluster}. Each node builds the same query and starts
 * it: the first start starts it in the cluster, and every start returns a handle for its node. Each
 * node's listeners are told of the query. {@code stop} on any node ends it on all; a node that
 * leaves ends its own handle only.
 *
 * @since 0.1
 */
public final class Vellamo implements Extension {
  private final NodeRuntime runtime;

  /**
   * Starts Vellamo.
   *
   * @param threads call sources, sinks and listeners
   */
  Vellamo(ActorSystem<?> system, VellamoSettings settings, CallThreads threads) {
    // Runs tasks that wait for a query, and users' callbacks, each on a thread of its own.
    Executor background = threads.perTask(system.name() + "-vellamo-background");
    this.runtime = Runtimes.create(system, settings, threads, background);
  }

  /**
   * Returns Vellamo on an actor system; the first call starts it.
   *
   * @param system where queries run
   * @return the one instance of that system
   * @throws IllegalArgumentException if a setting below {@code vellamo} is out of range
   * @throws IllegalStateException if the actor system is a node of a cluster, and {@code
   *     vellamo-cluster} is missing
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
    return QueryStart.of(name, runtime);
  }

  /**
   * Returns the manager of this actor system's queries and their listeners.
   *
   * @return the one manager of this actor system
   */
  public StreamingQueryManager queries() {
    return runtime.queries();
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
    return runtime.shardDigests(name);
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
      VellamoSettings settings = VellamoSettings.from(system.settings().config());
      return new Vellamo(
          system,
          settings,
          BlockingThreads.of(settings.blockingThreads(), FunctionThreads.onUncaught(system)));
    }
  }
}

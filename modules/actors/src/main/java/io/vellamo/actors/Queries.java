package io.vellamo.actors;

import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.engine.failure.Failures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * The parent of all coordinators: starts them, stops them, and lets go of what they held however
 * they end.
 */
final class Queries extends AbstractBehavior<Queries.Command> {
  /** What it is told. */
  public sealed interface Command {
    /**
     * Start a query.
     *
     * @param spec the query
     * @param monitor what the world sees of it
     */
    record Start(QuerySpec spec, QueryMonitor monitor) implements Command {}

    /**
     * Pass a message to a run of a query, or drop it if that run has ended: a later run of the same
     * name is none of an old handle's business.
     *
     * @param monitor the run
     * @param command the message
     */
    record Forward(QueryMonitor monitor, QueryCommand command) implements Command {}

    /**
     * Tell the shards of a query.
     *
     * @param name the query's name
     * @param shards completed with them, by number; with none if it does not run
     */
    record Shards(String name, CompletableFuture<List<ActorRef<ShardCommand>>> shards)
        implements Command {}

    /**
     * Stop all queries, and start none any more.
     *
     * @param stopped completed when all have let go of everything
     */
    record StopAll(CompletableFuture<Done> stopped) implements Command {}

    /**
     * A query has ended and let go of everything.
     *
     * @param name the query's name
     */
    record Released(String name) implements Command {}
  }

  /** A query that runs. */
  private record Running(
      ActorRef<QueryCommand> coordinator, QueryMonitor monitor, QueryResources resources) {}

  private final Map<String, Running> running = new HashMap<>();

  // From StopAll on.
  private @Nullable CompletableFuture<Done> stopping;

  private Queries(ActorContext<Command> context) {
    super(context);
  }

  /** Creates the parent of all coordinators. */
  static Behavior<Command> create() {
    return Behaviors.setup(Queries::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Command.Start.class, this::onStart)
        .onMessage(Command.Forward.class, this::onForward)
        .onMessage(Command.Shards.class, this::onShards)
        .onMessage(Command.StopAll.class, this::onStopAll)
        .onMessage(Command.Released.class, this::onReleased)
        .onSignal(ChildFailed.class, failed -> onEnd(failed, failed.getCause()))
        .onSignal(Terminated.class, terminated -> onEnd(terminated, null))
        .onSignal(PostStop.class, stopped -> onPostStop())
        .build();
  }

  private Behavior<Command> onStart(Command.Start start) {
    QuerySpec spec = start.spec;
    if (stopping != null) {
      start.monitor.ended();
      return this;
    }
    Executor blocking =
        getContext()
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(spec.settings().blockingDispatcher()));
    QueryResources resources = new QueryResources(blocking);
    ActorRef<QueryCommand> coordinator =
        getContext()
            .spawn(
                FatalErrors.contained(QueryCoordinator.create(spec, start.monitor, resources)),
                spec.name(),
                DispatcherSelector.fromConfig(spec.settings().groupDispatcher()));
    getContext().watch(coordinator);
    running.put(spec.name(), new Running(coordinator, start.monitor, resources));
    return this;
  }

  private Behavior<Command> onForward(Command.Forward forward) {
    Running query = running.get(forward.monitor.name());
    if (query != null && query.monitor == forward.monitor) {
      query.coordinator.tell(forward.command);
    }
    return this;
  }

  private Behavior<Command> onShards(Command.Shards asked) {
    Running query = running.get(asked.name);
    if (query == null) {
      asked.shards.complete(List.of());
    } else {
      query.coordinator.tell(new QueryCommand.Shards(asked.shards));
      // If it ends before it answers.
      CompletionStage<?> ended = query.monitor.terminated();
      ended.whenComplete((ok, failure) -> asked.shards.complete(List.of()));
    }
    return this;
  }

  private Behavior<Command> onStopAll(Command.StopAll stop) {
    stopping = stop.stopped;
    running.values().forEach(query -> query.coordinator.tell(QueryCommand.Stop.INSTANCE));
    completeStop();
    return this;
  }

  private void completeStop() {
    if (stopping != null && running.isEmpty()) {
      stopping.complete(Done.getInstance());
    }
  }

  private Behavior<Command> onEnd(Terminated ended, @Nullable Throwable cause) {
    String name = ended.getRef().path().name();
    Running query = running.get(name);
    if (query == null) {
      return this;
    }
    if (cause != null) {
      query.monitor.failed(crashed(query.monitor, cause));
    }
    ActorRef<Command> self = getContext().getSelf();
    query
        .resources
        .close()
        .whenComplete(
            (ok, failure) -> {
              if (failure != null) {
                query.monitor.failed(crashed(query.monitor, failure));
              }
              self.tell(new Command.Released(name));
            });
    return this;
  }

  private Behavior<Command> onReleased(Command.Released released) {
    Running query = running.remove(released.name);
    if (query != null) {
      query.monitor.ended();
    }
    completeStop();
    return this;
  }

  /** The actor system ends: nobody will be told by message any more. */
  private Behavior<Command> onPostStop() {
    for (Running query : running.values()) {
      query.resources.close().whenComplete((ok, failure) -> query.monitor.ended());
    }
    return this;
  }

  private static StreamingQueryException crashed(QueryMonitor monitor, Throwable cause) {
    return new StreamingQueryException(
        monitor.name(),
        0,
        "Query [%s] failed: %s; what was committed is safe, start it again"
            .formatted(monitor.name(), monitor.failures().describe(cause)),
        Failures.unwrap(cause));
  }
}

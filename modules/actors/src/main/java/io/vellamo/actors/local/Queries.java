package io.vellamo.actors.local;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.calls.FatalErrors;
import io.vellamo.actors.calls.FunctionThreads;
import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.actors.io.QueryResources;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.QueryCommand;
import io.vellamo.actors.query.QueryCoordinator;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.engine.failure.Failures;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The parent of all coordinators. It starts and stops them, releases their resources however they
 * end, and gives them up if they do not end in time.
 *
 * <p><b>Threading</b> Runs on the control dispatcher, and never calls user code.
 */
final class Queries extends AbstractBehavior<QueriesCommand> {
  private static final Duration LONGEST_TIMER = Duration.ofHours(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

  private final TimerScheduler<QueriesCommand> timers;
  private final VellamoSettings settings;
  private final CallThreads threads;
  private final QueryRegistry registry;
  private final Map<String, QueryLife> lives = new HashMap<>();
  // Starts that wait for an earlier run of the same name, which a home that has come back may meet.
  private final Map<String, QueriesCommand.Start> waiting = new HashMap<>();

  // Set by StopAll.
  private @Nullable CompletableFuture<Done> stopping;

  private Queries(
      ActorContext<QueriesCommand> context,
      TimerScheduler<QueriesCommand> timers,
      VellamoSettings settings,
      CallThreads threads,
      QueryRegistry registry) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.threads = threads;
    this.registry = registry;
    Duration half = settings.warnAfter().dividedBy(2);
    timers.startTimerWithFixedDelay(
        QueriesCommand.WarnOfLongCalls.INSTANCE,
        half.compareTo(LONGEST_PAUSE) < 0 ? half : LONGEST_PAUSE);
  }

  /**
   * Creates the parent of all coordinators.
   *
   * @param threads call sources and sinks
   */
  static Behavior<QueriesCommand> create(
      VellamoSettings settings, CallThreads threads, QueryRegistry registry) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Queries(context, timers, settings, threads, registry)));
  }

  @Override
  public Receive<QueriesCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(QueriesCommand.Start.class, this::onStart)
        .onMessage(QueriesCommand.Forward.class, this::onForward)
        .onMessage(QueriesCommand.Stop.class, this::onStop)
        .onMessage(QueriesCommand.Ending.class, this::onEnding)
        .onMessage(QueriesCommand.LookAgain.class, this::onLookAgain)
        .onMessage(QueriesCommand.Shards.class, this::onShards)
        .onMessage(QueriesCommand.StopAll.class, this::onStopAll)
        .onMessage(QueriesCommand.Closed.class, this::onClosed)
        .onMessage(QueriesCommand.WarnOfLongCalls.class, this::onWarnOfLongCalls)
        .onSignal(ChildFailed.class, failed -> onEnd(failed, failed.getCause()))
        .onSignal(Terminated.class, terminated -> onEnd(terminated, null))
        .onSignal(PostStop.class, stopped -> onPostStop())
        .build();
  }

  private Behavior<QueriesCommand> onStart(QueriesCommand.Start start) {
    QuerySpec spec = start.spec();
    if (stopping != null) {
      start.monitor().ended();
      return this;
    }
    if (lives.containsKey(spec.name())) {
      waiting.put(spec.name(), start);
      return this;
    }
    QueryResources resources = resources(spec, start.monitor());
    ActorRef<QueryCommand> coordinator =
        getContext()
            .spawn(
                FatalErrors.contained(
                    QueryCoordinator.create(
                        spec,
                        start.monitor(),
                        resources,
                        start.requests(),
                        start.shards().of(resources))),
                spec.name(),
                DispatcherSelector.fromConfig(settings.controlDispatcher()));
    getContext().watch(coordinator);
    start.monitor().calls(resources.calls());
    lives.put(spec.name(), new QueryLife(coordinator, start.monitor(), resources));
    return this;
  }

  private QueryResources resources(QuerySpec spec, QueryMonitor monitor) {
    ActorSystem<?> system = getContext().getSystem();
    ActorRef<QueriesCommand> self = getContext().getSelf();
    UserCalls calls =
        new UserCalls(() -> self.tell(new QueriesCommand.Ending(monitor)), threads::nanoTime);
    String functions = FunctionThreads.of(system, spec.name());
    return new QueryResources(
        calls,
        thread(system, spec, "source", calls),
        thread(system, spec, "sink", calls),
        range -> thread(system, spec, "sink-" + range, calls),
        functions,
        system.dispatchers().lookup(DispatcherSelector.fromConfig(functions)));
  }

  private SerialThread thread(ActorSystem<?> system, QuerySpec spec, String role, UserCalls calls) {
    String name = "%s-vellamo-%s-%s".formatted(system.name(), spec.name(), role);
    return new SerialThread(threads.serial(name), name, calls);
  }

  private @Nullable QueryLife life(QueryMonitor monitor) {
    QueryLife life = lives.get(monitor.name());
    return life != null && life.monitor() == monitor ? life : null;
  }

  private Behavior<QueriesCommand> onForward(QueriesCommand.Forward forward) {
    QueryLife life = life(forward.monitor());
    if (life != null) {
      life.coordinator().tell(forward.command());
    }
    return this;
  }

  private Behavior<QueriesCommand> onStop(QueriesCommand.Stop stop) {
    QueryLife life = life(stop.monitor());
    if (life != null) {
      stop(life, stop.timeout());
    } else {
      stopWaiting(stop.monitor());
    }
    return this;
  }

  private void stopWaiting(QueryMonitor monitor) {
    QueriesCommand.Start start = waiting.get(monitor.name());
    if (start != null && start.monitor() == monitor) {
      waiting.remove(monitor.name());
      monitor.ended();
    }
  }

  private void stop(QueryLife life, Duration timeout) {
    life.coordinator().tell(QueryCommand.Stop.INSTANCE);
    end(life, timeout);
  }

  private Behavior<QueriesCommand> onEnding(QueriesCommand.Ending ending) {
    QueryLife life = life(ending.monitor());
    if (life != null && !life.isEnding()) {
      end(life, settings.stopTimeout());
    }
    return this;
  }

  private void end(QueryLife life, Duration timeout) {
    if (!life.isGivenUp() && life.ends(timeout)) {
      lookAgain(life, life.leftUntilInterrupts());
    }
  }

  private void lookAgain(QueryLife life, Duration later) {
    // Pekko's timers accept only bounded delays.
    Duration next = later.compareTo(LONGEST_TIMER) < 0 ? later : LONGEST_TIMER;
    timers.startSingleTimer(life, new QueriesCommand.LookAgain(life.monitor()), next);
  }

  private Behavior<QueriesCommand> onLookAgain(QueriesCommand.LookAgain again) {
    QueryLife life = life(again.monitor());
    if (life == null || releaseIfOver(life)) {
      return this;
    }
    if (life.isGivenUp()) {
      lookAgain(life, LONGEST_PAUSE);
      return this;
    }
    Duration untilInterrupts = life.leftUntilInterrupts();
    if (!untilInterrupts.isZero()) {
      lookAgain(life, untilInterrupts);
      return this;
    }
    Duration left = life.left();
    if (left.isZero()) {
      life.giveUp();
      completeStop();
      lookAgain(life, SHORTEST_PAUSE);
      return this;
    }
    // Only calls that were under way at the last look: a call that has just begun may still return.
    life.interrupt(SHORTEST_PAUSE);
    lookAgain(life, left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE);
    return this;
  }

  private Behavior<QueriesCommand> onShards(QueriesCommand.Shards asked) {
    QueryLife life = lives.get(asked.name());
    if (life == null || life.isGivenUp()) {
      asked.shards().complete(LiveShards.Found.NONE);
      return this;
    }
    CompletionStage<Void> ended = life.monitor().terminated();
    CompletableFuture<List<ActorRef<ShardCommand>>> shards = new CompletableFuture<>();
    life.coordinator().tell(new QueryCommand.Shards(shards));
    CompletionStage<List<ActorRef<ShardCommand>>> answer = shards;
    answer.thenAccept(known -> asked.shards().complete(new LiveShards.Found(known, ended)));
    // In case the query ends before it answers.
    ended.whenComplete((ok, failure) -> asked.shards().complete(LiveShards.Found.NONE));
    return this;
  }

  private Behavior<QueriesCommand> onStopAll(QueriesCommand.StopAll stop) {
    stopping = stop.stopped();
    waiting.values().forEach(start -> start.monitor().ended());
    waiting.clear();
    lives.values().forEach(life -> stop(life, stop.timeout()));
    completeStop();
    return this;
  }

  private void completeStop() {
    if (stopping != null && lives.values().stream().allMatch(QueryLife::isGivenUp)) {
      stopping.complete(Done.getInstance());
    }
  }

  private Behavior<QueriesCommand> onEnd(Terminated ended, @Nullable Throwable cause) {
    String name = ended.getRef().path().name();
    QueryLife life = lives.get(name);
    if (life == null) {
      return this;
    }
    if (cause != null) {
      life.monitor().crashed(cause);
      life.monitor().failed(crashed(life.monitor(), cause));
    }
    if (!life.isEnding()) {
      end(life, settings.stopTimeout());
    }
    ActorRef<QueriesCommand> self = getContext().getSelf();
    life.resources()
        .close()
        .whenComplete(
            (ok, failure) -> {
              if (failure != null && !life.hasInterrupted()) {
                life.monitor().failed(crashed(life.monitor(), failure));
              }
              self.tell(new QueriesCommand.Closed(life.monitor()));
            });
    return this;
  }

  private Behavior<QueriesCommand> onClosed(QueriesCommand.Closed closed) {
    QueryLife life = life(closed.monitor());
    if (life != null) {
      life.closed();
      if (!releaseIfOver(life) && !life.isGivenUp()) {
        pollUntilOver(life);
      }
    }
    return this;
  }

  /**
   * Looks again until the run is over: only functions still run, and they do not report their
   * return.
   */
  private void pollUntilOver(QueryLife life) {
    QueriesCommand look = new QueriesCommand.Closed(life.monitor());
    timers.startSingleTimer(life.monitor(), look, SHORTEST_PAUSE);
  }

  private boolean releaseIfOver(QueryLife life) {
    if (!life.isOver()) {
      return false;
    }
    lives.remove(life.monitor().name());
    timers.cancel(life);
    timers.cancel(life.monitor());
    life.monitor().ended();
    completeStop();
    QueriesCommand.Start next = waiting.remove(life.monitor().name());
    if (next != null) {
      onStart(next);
    }
    return true;
  }

  private Behavior<QueriesCommand> onWarnOfLongCalls(QueriesCommand.WarnOfLongCalls command) {
    for (QueryLife life : lives.values()) {
      life.warn(settings.warnAfter(), settings.functionThreads());
    }
    return this;
  }

  /** Closes everything when the actor system ends, without messages, which no longer arrive. */
  private Behavior<QueriesCommand> onPostStop() {
    for (QueryLife life : lives.values()) {
      CompletionStage<Void> closed =
          life.resources()
              .close()
              .toCompletableFuture()
              .orTimeout(settings.stopTimeout().toNanos(), TimeUnit.NANOSECONDS);
      closed.whenComplete((ok, failure) -> life.monitor().ended());
    }
    registry.close(lives.values().stream().map(QueryLife::monitor).toList());
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

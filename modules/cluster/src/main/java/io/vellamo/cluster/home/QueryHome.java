package io.vellamo.cluster.home;

import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QueryRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The home of a query in the cluster: a singleton that runs the query's coordinator on its node
 * while at least one node's handle asks for it. It passes news to all handles and their requests to
 * the coordinator.
 *
 * <p>A run begins with the first handle and ends with the query, for all handles together; it goes
 * on when the home moves to another node. For a while, two nodes may each believe to be the home:
 * the journal accepts the writes of one coordinator only, and the other home waits.
 *
 * <p><b>Failure</b> A coordinator whose journal can't be reached, or belongs to another one, is
 * started again. Any other failure is one of the query, and ends it.
 */
final class QueryHome extends AbstractBehavior<HomeCommand> {
  private static final Logger LOG = LoggerFactory.getLogger(QueryHome.class);

  private final TimerScheduler<HomeCommand> timers;
  private final HomeNode node;
  private final String query;
  private final UUID home = UUID.randomUUID();
  private final HomeHandles handles = new HomeHandles();
  private final HomeRequests requests = new HomeRequests();
  private final Set<UUID> stoppers = new HashSet<>();

  private LastNews news = new LastNews();
  private boolean isLeaving;
  private boolean hasComplained;

  // The run that handles belong to; set while there are handles.
  private @Nullable UUID run;
  // Set while a coordinator runs, or has not released everything.
  private @Nullable HomeRun coordinator;
  // Set when the run begins.
  private @Nullable RestartDelays delays;

  private QueryHome(
      ActorContext<HomeCommand> context,
      TimerScheduler<HomeCommand> timers,
      HomeNode node,
      String query) {
    super(context);
    this.timers = timers;
    this.node = node;
    this.query = query;
  }

  /** Creates the home of a query. */
  static Behavior<HomeCommand> create(HomeNode node, String query) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new QueryHome(context, timers, node, query)));
  }

  @Override
  public Receive<HomeCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(HomeCommand.Register.class, this::onRegister)
        .onMessage(HomeCommand.Ask.class, this::onAsk)
        .onMessage(HomeCommand.StopRun.class, this::onStopRun)
        .onMessage(HomeCommand.HeardEnd.class, heard -> onGone(heard.handle()))
        .onMessage(HomeCommand.HandleGone.class, gone -> onGone(gone.handle()))
        .onMessage(HomeCommand.RunTold.class, this::onTold)
        .onMessage(HomeCommand.RunOver.class, this::onOver)
        .onMessage(HomeCommand.RunReleased.class, this::onReleased)
        .onMessage(HomeCommand.AnswerKnown.class, this::onAnswer)
        .onMessage(HomeCommand.StartAgain.class, again -> onStartAgain())
        .onMessage(HomeCommand.TellAgain.class, again -> onTellAgain())
        .onMessage(HomeCommand.HandOver.class, handOver -> onHandOver())
        .onSignal(PostStop.class, stopped -> onLost())
        .onSignal(PreRestart.class, restarting -> onLost())
        .build();
  }

  private Behavior<HomeCommand> onRegister(HomeCommand.Register asked) {
    HandleCommand.RunEnded end = handles.end(asked.run());
    Definition definition = node.definitions().of(query);
    if (end != null) {
      asked.replyTo().tell(end);
    } else if (definition == null) {
      complain();
    } else if (!isLeaving) {
      String difference =
          definition
              .fingerprint()
              .differenceTo(asked.definition(), query, node.address(), asked.node());
      if (difference.isEmpty()) {
        register(asked, definition);
      } else {
        asked.replyTo().tell(new HandleCommand.Refused(difference));
      }
    }
    return this;
  }

  private void complain() {
    if (!hasComplained) {
      hasComplained = true;
      LOG.error(
          "Query [{}] must run on node [{}], the oldest one, where other nodes have refused its"
              + " definition; stop this node, or run the same code on all nodes",
          query,
          node.address());
    }
  }

  private void register(HomeCommand.Register asked, Definition definition) {
    UUID known = run;
    if (known == null) {
      known = asked.run() == null ? UUID.randomUUID() : asked.run();
      run = known;
      news = new LastNews();
      delays = new RestartDelays(definition.spec().settings().shardRestarts());
    }
    if (handles.add(asked.handle(), asked.replyTo())) {
      getContext().watchWith(asked.replyTo(), new HomeCommand.HandleGone(asked.handle()));
    }
    asked
        .replyTo()
        .tell(
            new HandleCommand.Registered(
                asked.attempt(), home, known, getContext().getSelf(), news.all()));
    startIfDue();
  }

  /** Starts a coordinator if there is a run, and none works for it or will be started later. */
  private void startIfDue() {
    UUID known = run;
    Definition definition = node.definitions().of(query);
    if (known == null
        || definition == null
        || isLeaving
        || coordinator != null
        || timers.isTimerActive(HomeCommand.StartAgain.INSTANCE)) {
      return;
    }
    HomeRun started = HomeRun.start(known, definition, node, getContext().getSelf());
    coordinator = started;
    requests.pending().forEach(started::ask);
  }

  private Behavior<HomeCommand> onAsk(HomeCommand.Ask ask) {
    ActorRef<HandleCommand> handle = handles.of(ask.handle());
    if (handle == null) {
      return this;
    }
    if (!requests.take(ask)) {
      requests.answer(ask.handle(), ask.request().id()).forEach(handle::tell);
    } else if (coordinator != null && coordinator.serves(run)) {
      coordinator.ask(new HomeRequests.Pending(ask.handle(), ask.request()));
    }
    return this;
  }

  private Behavior<HomeCommand> onAnswer(HomeCommand.AnswerKnown known) {
    ActorRef<HandleCommand> handle = handles.of(known.handle());
    Definition definition = node.definitions().of(query);
    QueryRequest request = requests.request(known.handle(), known.id());
    if (handle != null && definition != null && request != null) {
      List<HandleCommand.Answered> answer =
          AnswerForms.of(definition.spec().query()).write(request, known.answer());
      requests.answered(known.handle(), known.id(), answer);
      answer.forEach(handle::tell);
    }
    return this;
  }

  private Behavior<HomeCommand> onStopRun(HomeCommand.StopRun stop) {
    if (handles.contains(stop.handle())) {
      stoppers.add(stop.handle());
      if (coordinator != null && coordinator.serves(run) && !coordinator.isOver()) {
        coordinator.stop(stop.timeout());
      } else {
        end(RunOutcome.STOPPED);
      }
    }
    return this;
  }

  private Behavior<HomeCommand> onGone(UUID handle) {
    boolean hasAsked = handles.contains(handle);
    handles.remove(handle);
    requests.remove(handle);
    if (hasAsked && handles.isEmpty()) {
      run = null;
      timers.cancel(HomeCommand.StartAgain.INSTANCE);
      stoppers.clear();
      stopCoordinator(node.stopTimeout());
    }
    handles.tellEnd();
    return this;
  }

  private Behavior<HomeCommand> onTold(HomeCommand.RunTold told) {
    HomeRun teller = current(told.start());
    if (teller != null && teller.serves(run)) {
      news.add(told.news());
      if (delays != null && told.news() instanceof QueryNews.Progress) {
        delays.worked();
      }
      handles.tell(new HandleCommand.Told(home, told.news()));
    }
    return this;
  }

  private Behavior<HomeCommand> onOver(HomeCommand.RunOver over) {
    HomeRun ended = current(over.start());
    if (ended == null || !ended.over()) {
      return this;
    }
    if (isLeaving) {
      // Even if it was given up: the journal refuses what is left of it.
      return Behaviors.stopped();
    }
    if (ended.serves(run)) {
      StreamingQueryException failure = over.failure();
      Optional<Duration> again =
          failure == null || !stoppers.isEmpty() ? Optional.empty() : startsAgainIn(ended, failure);
      if (again.isPresent()) {
        timers.startSingleTimer(HomeCommand.StartAgain.INSTANCE, again.get());
      } else {
        end(RunOutcome.of(Optional.ofNullable(failure), over.blockers()));
      }
    }
    return forgetIfGone(ended);
  }

  private Behavior<HomeCommand> onReleased(HomeCommand.RunReleased released) {
    HomeRun ended = current(released.start());
    if (ended == null) {
      return this;
    }
    ended.released();
    return forgetIfGone(ended);
  }

  private @Nullable HomeRun current(UUID start) {
    HomeRun known = coordinator;
    return known != null && known.is(start) ? known : null;
  }

  private Behavior<HomeCommand> forgetIfGone(HomeRun ended) {
    if (ended.isGone()) {
      coordinator = null;
      startIfDue();
    }
    return this;
  }

  /** Returns the delay after which the coordinator starts again; empty if the query has failed. */
  private Optional<Duration> startsAgainIn(HomeRun ended, StreamingQueryException failure) {
    RestartDelays known = delays;
    if (known == null) {
      return Optional.empty();
    }
    if (ended.hasLostItsJournal(failure)) {
      Duration delay = known.afterConflict();
      LOG.info(
          "Query [{}]: the coordinator on node [{}] has stopped, as another one has its journal; it"
              + " starts again in [{}] if the query's home is still here",
          query,
          node.address(),
          delay);
      return Optional.of(delay);
    }
    if (!ended.mayWorkAgain()) {
      return Optional.empty();
    }
    Optional<Duration> delay = known.afterFailure();
    delay.ifPresent(next -> tellOfRestart(failure, next));
    return delay;
  }

  private void tellOfRestart(StreamingQueryException failure, Duration delay) {
    LOG.warn(
        "Query [{}]: the coordinator has stopped, found [{}]; it starts again in [{}], and the"
            + " query goes on then",
        query,
        failure.getMessage(),
        delay);
    QueryNews status =
        new QueryNews.Status(
            "Starting again in [%s]: %s".formatted(delay, failure.getMessage()), false, false);
    news.add(status);
    handles.tell(new HandleCommand.Told(home, status));
  }

  /** Ends the run for all handles. */
  private void end(RunOutcome outcome) {
    UUID ended = run;
    if (ended != null) {
      handles.end(
          ended, new HandleCommand.RunEnded(outcome, getContext().getSelf()), Set.copyOf(stoppers));
      timers.startTimerWithFixedDelay(
          HomeCommand.TellAgain.INSTANCE, node.settings().askAgainFirst());
    }
    run = null;
    timers.cancel(HomeCommand.StartAgain.INSTANCE);
    stoppers.clear();
    requests.clear();
  }

  private Behavior<HomeCommand> onTellAgain() {
    if (!handles.tellEnd()) {
      timers.cancel(HomeCommand.TellAgain.INSTANCE);
    }
    return this;
  }

  private Behavior<HomeCommand> onStartAgain() {
    startIfDue();
    return this;
  }

  private void stopCoordinator(Duration timeout) {
    if (coordinator != null) {
      coordinator.stop(timeout);
    }
  }

  private Behavior<HomeCommand> onHandOver() {
    isLeaving = true;
    timers.cancel(HomeCommand.StartAgain.INSTANCE);
    if (coordinator == null || coordinator.isOver()) {
      return Behaviors.stopped();
    }
    coordinator.stop(node.handOverTimeout());
    return this;
  }

  /** Ends the coordinator of a home that can't wait for it, as the node is no longer a member. */
  private Behavior<HomeCommand> onLost() {
    stopCoordinator(node.handOverTimeout());
    return this;
  }
}

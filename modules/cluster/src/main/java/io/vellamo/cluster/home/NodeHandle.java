package io.vellamo.cluster.home;

import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.RequestQueue;
import io.vellamo.api.query.StreamingQueryException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handle of a query on a node. It asks the query's {@link QueryHome} to run the query, passes
 * its news to the node's monitor, and users' requests to it.
 *
 * <p>The query has ended here once the home says so, wherever it is then; if the node leaves the
 * cluster, only this handle ends.
 */
final class NodeHandle extends AbstractBehavior<HandleCommand> {
  private static final Logger LOG = LoggerFactory.getLogger(NodeHandle.class);

  /**
   * The time that a handle waits for the end beyond the query's timeout, as the home may be lost.
   */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final TimerScheduler<HandleCommand> timers;
  private final HomeNode node;
  private final Definition definition;
  private final RequestQueue requests;
  private final ActorRef<HomeCommand> proxy;
  private final QueryMonitor monitor;
  private final UUID handle;
  private final MirroredNews news;
  private final OpenAsks asks;
  private final MissingNodes missing;

  private long attempt;

  // Set by the first answer.
  private @Nullable UUID run;
  // Whether shards may run here.
  private boolean isDefined;
  // Set while a home is known.
  private @Nullable UUID home;
  private @Nullable ActorRef<HomeCommand> homeRef;
  // Set when a user has asked for the end.
  private @Nullable Duration stopTimeout;

  private NodeHandle(
      ActorContext<HandleCommand> context,
      TimerScheduler<HandleCommand> timers,
      HomeNode node,
      Definition definition,
      RequestQueue requests,
      ActorRef<HomeCommand> proxy) {
    super(context);
    this.timers = timers;
    this.node = node;
    this.definition = definition;
    this.requests = requests;
    this.proxy = proxy;
    this.monitor = definition.mirror();
    this.handle = monitor.runId();
    this.news = new MirroredNews(monitor);
    this.asks = new OpenAsks(handle, AnswerForms.of(definition.spec().query()));
    this.missing = new MissingNodes(context.getSystem(), node.settings());
    announce();
    news.waiting("Waiting for the query's home in the cluster");
    register();
  }

  /**
   * Creates the handle of a query.
   *
   * @param node the node
   * @param definition the query
   * @param requests users' requests to it
   * @param proxy leads to the home, wherever it is
   */
  static Behavior<HandleCommand> create(
      HomeNode node, Definition definition, RequestQueue requests, ActorRef<HomeCommand> proxy) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new NodeHandle(context, timers, node, definition, requests, proxy)));
  }

  /** Tells all nodes that this one has defined the query, and listens to the others. */
  private void announce() {
    ServiceKey<HandleCommand> key =
        ServiceKey.create(HandleCommand.class, "vellamo-definition-" + definition.name());
    ActorRef<Receptionist.Command> receptionist = getContext().getSystem().receptionist();
    receptionist.tell(Receptionist.register(key, getContext().getSelf()));
    ActorRef<Receptionist.Listing> listings =
        getContext()
            .messageAdapter(
                Receptionist.Listing.class,
                listing ->
                    new HandleCommand.Defined(
                        listing.getServiceInstances(key).stream()
                            .map(this::address)
                            .collect(Collectors.toSet())));
    receptionist.tell(Receptionist.subscribe(key, listings));
  }

  private String address(ActorRef<?> ref) {
    return ref.path().address().hasLocalScope() ? node.address() : ref.path().address().toString();
  }

  @Override
  public Receive<HandleCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(HandleCommand.RegisterAgain.class, again -> onRegisterAgain())
        .onMessage(HandleCommand.Registered.class, this::onRegistered)
        .onMessage(HandleCommand.Refused.class, this::onRefused)
        .onMessage(HandleCommand.Told.class, this::onTold)
        .onMessage(HandleCommand.Requested.class, requested -> onRequested())
        .onMessage(HandleCommand.Answered.class, this::onAnswered)
        .onMessage(HandleCommand.StopAsked.class, this::onStopAsked)
        .onMessage(HandleCommand.StopOverdue.class, overdue -> onStopOverdue())
        .onMessage(HandleCommand.RunEnded.class, this::onRunEnded)
        .onMessage(HandleCommand.HomeLost.class, this::onHomeLost)
        .onMessage(HandleCommand.Defined.class, this::onDefined)
        .onMessage(HandleCommand.MissingDue.class, due -> onMissingDue())
        .onMessage(HandleCommand.Leave.class, leave -> onLeave())
        .onSignal(PostStop.class, stopped -> onPostStop())
        .build();
  }

  private void register() {
    attempt++;
    proxy.tell(
        new HomeCommand.Register(
            handle,
            run,
            attempt,
            node.address(),
            definition.fingerprint(),
            getContext().getSelf()));
    registerAfter(node.settings().askAgainFirst());
  }

  private void registerAfter(Duration delay) {
    timers.startSingleTimer(HandleCommand.RegisterAgain.INSTANCE, delay);
  }

  private Behavior<HandleCommand> onRegisterAgain() {
    register();
    checkMissing();
    return this;
  }

  private Behavior<HandleCommand> onRegistered(HandleCommand.Registered answer) {
    if (answer.attempt() != attempt) {
      return this; // Perhaps of a home that is no longer the one.
    }
    if (!answer.home().equals(home)) {
      if (homeRef != null) {
        getContext().unwatch(homeRef);
      }
      getContext().watchWith(answer.homeRef(), new HandleCommand.HomeLost(answer.home()));
    }
    if (!isDefined) {
      // Only now: a node with another definition must get no shards. Only once: a definition again
      // would restart all shards here when the home moves.
      node.shards().define(definition.spec());
      isDefined = true;
    }
    home = answer.home();
    homeRef = answer.homeRef();
    run = answer.run();
    answer.news().forEach(news::take);
    asks.all().forEach(answer.homeRef()::tell);
    stopRun();
    registerAfter(node.settings().askAgainMost());
    return this;
  }

  private Behavior<HandleCommand> onHomeLost(HandleCommand.HomeLost lost) {
    if (lost.home().equals(home)) {
      home = null;
      homeRef = null;
      news.waiting("Moving to another node of the cluster");
      register();
    }
    return this;
  }

  private Behavior<HandleCommand> onTold(HandleCommand.Told told) {
    if (told.home().equals(home)) {
      news.take(told.news());
    }
    return this;
  }

  private Behavior<HandleCommand> onRefused(HandleCommand.Refused refused) {
    node.definitions().remove(definition);
    LOG.error(refused.message());
    new RunOutcome(refused.message(), 0, "").end(monitor);
    return Behaviors.stopped();
  }

  private Behavior<HandleCommand> onRequested() {
    ActorRef<HomeCommand> known = homeRef;
    for (HomeCommand.Ask ask : asks.take(requests.takeAll())) {
      if (known != null) {
        known.tell(ask);
      }
    }
    return this;
  }

  private Behavior<HandleCommand> onAnswered(HandleCommand.Answered answer) {
    asks.answered(answer);
    return this;
  }

  private Behavior<HandleCommand> onStopAsked(HandleCommand.StopAsked asked) {
    stopTimeout = asked.timeout();
    timers.startSingleTimer(
        HandleCommand.StopOverdue.INSTANCE, bounded(asked.timeout()).plus(MARGIN));
    stopRun();
    return this;
  }

  /** Pekko's timers accept only bounded delays. */
  private static Duration bounded(Duration timeout) {
    Duration most = Duration.ofDays(100);
    return timeout.compareTo(most) < 0 ? timeout : most;
  }

  private void stopRun() {
    if (homeRef != null && stopTimeout != null) {
      homeRef.tell(new HomeCommand.StopRun(handle, stopTimeout));
    }
  }

  private Behavior<HandleCommand> onStopOverdue() {
    String message =
        "Query [%s] could not be stopped within [%s]: its home in the cluster has not answered; this node's handle was given up, and the query may run on other nodes"
            .formatted(definition.name(), stopTimeout);
    LOG.error(message);
    new RunOutcome(message, 0, "its home in the cluster has not answered").end(monitor);
    return Behaviors.stopped();
  }

  private Behavior<HandleCommand> onRunEnded(HandleCommand.RunEnded ended) {
    ended.replyTo().tell(new HomeCommand.HeardEnd(handle));
    ended.outcome().end(monitor);
    return Behaviors.stopped();
  }

  private Behavior<HandleCommand> onDefined(HandleCommand.Defined defined) {
    missing.defined(defined.nodes());
    checkMissing();
    return this;
  }

  private void checkMissing() {
    if (missing.haveChanged()) {
      timers.cancel(HandleCommand.MissingDue.INSTANCE);
      monitor.note("");
      if (!missing.addresses().isEmpty()) {
        timers.startSingleTimer(HandleCommand.MissingDue.INSTANCE, node.settings().missingAfter());
      }
    }
  }

  private Behavior<HandleCommand> onMissingDue() {
    LOG.error(
        "Query [{}] must be defined on all nodes of the cluster that run queries, it is not on {};"
            + " start it there too, or give vellamo.cluster.role, a role that only the other nodes"
            + " have",
        definition.name(),
        missing.addresses());
    monitor.note("nodes %s have not defined the query".formatted(missing.addresses()));
    return this;
  }

  private Behavior<HandleCommand> onLeave() {
    monitor.ended();
    return Behaviors.stopped();
  }

  /** Ends the handle however the actor has stopped. */
  private Behavior<HandleCommand> onPostStop() {
    if (!monitor.terminated().isDone()) {
      monitor.failed(
          new StreamingQueryException(
              definition.name(),
              0,
              "Query [%s] must have a handle on node [%s], its actor has failed; start the query again"
                  .formatted(definition.name(), node.address()),
              null));
      monitor.ended();
    }
    return this;
  }
}

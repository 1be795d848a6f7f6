package io.vellamo.cluster.home;

import io.vellamo.actors.local.RunControl;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.observe.RunEnds;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.RequestQueue;
import io.vellamo.actors.query.UserRequest;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.persistence.journal.JournalLosses;
import io.vellamo.persistence.journal.WriteConflicts;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A start of a query's coordinator on the home's node. */
final class HomeRun {
  private final UUID start;
  private final UUID run;
  private final QueryMonitor monitor;
  private final RequestQueue requests;
  private final RunControl control;
  private final ActorRef<HomeCommand> home;
  private boolean isOver;
  private boolean isReleased;

  private HomeRun(
      UUID start,
      UUID run,
      QueryMonitor monitor,
      RequestQueue requests,
      RunControl control,
      ActorRef<HomeCommand> home) {
    this.start = start;
    this.run = run;
    this.monitor = monitor;
    this.requests = requests;
    this.control = control;
    this.home = home;
  }

  /**
   * Starts the coordinator.
   *
   * @param run the run that it works for
   * @param home is told of news and the end
   */
  static HomeRun start(UUID run, Definition definition, HomeNode node, ActorRef<HomeCommand> home) {
    UUID start = UUID.randomUUID();
    QuerySpec spec = definition.spec();
    QueryMonitor monitor = node.queries().monitor(spec, new Ends(start, home));
    monitor.onNews(news -> home.tell(new HomeCommand.RunTold(start, news)));
    definition.mirror().follow(monitor);
    // Each handle bounds its own.
    RequestQueue requests = new RequestQueue(Integer.MAX_VALUE);
    RunControl control = node.queries().run(spec, monitor, requests, node.shards().of(spec));
    return new HomeRun(start, run, monitor, requests, control, home);
  }

  boolean is(UUID other) {
    return start.equals(other);
  }

  /** Returns whether it works for a run. */
  boolean serves(@Nullable UUID other) {
    return run.equals(other);
  }

  boolean isOver() {
    return isOver;
  }

  /** Notes that it has ended or was given up; returns whether that is new. */
  boolean over() {
    boolean isNew = !isOver;
    isOver = true;
    return isNew;
  }

  /** Returns whether another coordinator has its journal. */
  boolean hasLostItsJournal(StreamingQueryException failure) {
    Throwable crash = monitor.crash();
    return WriteConflicts.isConflict(crash == null ? failure : crash);
  }

  /** Returns whether it ended because its journal could not be reached. */
  boolean mayWorkAgain() {
    Throwable crash = monitor.crash();
    return crash != null && JournalLosses.mayPass(crash);
  }

  /** Notes that nothing is left of it. */
  void released() {
    isReleased = true;
  }

  /** Returns whether the next one can start. */
  boolean isGone() {
    return isOver && isReleased;
  }

  /** Passes a user's request on. */
  void ask(HomeRequests.Pending pending) {
    UUID handle = pending.handle();
    long id = pending.request().id();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    CompletionStage<Object> answered = answer;
    answered.thenAccept(known -> home.tell(new HomeCommand.AnswerKnown(handle, id, known)));
    RequestQueue.Offer offer =
        requests.offer(new UserRequest<>(given -> pending.request().withId(given), answer));
    if (offer == RequestQueue.Offer.FIRST) {
      control.requested();
    }
  }

  /** Ends it, unless it has ended. */
  void stop(Duration timeout) {
    if (!isOver) {
      control.stop(timeout);
    }
  }

  /** The end of the coordinator, as messages to the home. */
  private static final class Ends implements RunEnds {
    private final UUID start;
    private final ActorRef<HomeCommand> home;
    private volatile String blockers = "";

    Ends(UUID start, ActorRef<HomeCommand> home) {
      this.start = start;
      this.home = home;
    }

    @Override
    public void givenUp(String name, String known) {
      blockers = known;
    }

    @Override
    public void ended(@Nullable StreamingQueryException failure) {
      home.tell(new HomeCommand.RunOver(start, failure, blockers));
    }

    @Override
    public void released(String name) {
      home.tell(new HomeCommand.RunReleased(start));
    }
  }
}

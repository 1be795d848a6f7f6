package io.vellamo.actors.observe;

import io.vellamo.actors.calls.UserCalls;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.query.Outage;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.api.query.StreamingQueryListener.QueryIdle;
import io.vellamo.api.query.StreamingQueryListener.QueryOutageBegan;
import io.vellamo.api.query.StreamingQueryListener.QueryOutageEnded;
import io.vellamo.api.query.StreamingQueryListener.QueryStarted;
import io.vellamo.api.query.StreamingQueryListener.QueryTerminated;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryStatus;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.observe.QueryObservations;
import io.vellamo.engine.protocol.query.QueryNews;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * The state of a query that is visible from outside: written by its coordinator, read by its
 * handle.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class QueryMonitor {
  private final String name;
  private final UUID runId = UUID.randomUUID();
  private final VellamoSettings settings;
  private final ListenerBus listeners;
  private final RunEnds ends;
  private final QueryClock clock;
  private final InstantSource machine;
  private final CompletableFuture<UUID> id = new CompletableFuture<>();
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();
  private final Deque<StreamingQueryProgress> recent = new ArrayDeque<>();
  private volatile StreamingQueryStatus status =
      new StreamingQueryStatus("Reading the journal", false, false);
  private volatile Optional<StreamingQueryException> failure = Optional.empty();

  private volatile @Nullable UserCalls calls;
  private volatile @Nullable QueryMonitor followed;
  private volatile @Nullable Throwable crash;
  private volatile boolean isGivenUp;
  private volatile String clockNote = "";
  private volatile String note = "";
  private final Logger log;
  private final OutageLog outages;
  private final QueryObservations observations;
  private volatile Consumer<QueryNews> onNews = news -> {};
  private volatile Consumer<Throwable> onMachineFailure = failure -> {};

  // Used by the coordinator only: when the last idle event was told, by the clock's monotonic time.
  private @Nullable Long idleToldMillis;

  /**
   * Creates the monitor of a run.
   *
   * @param name the query's name
   * @param clock the query's processing time
   * @param machine the machine's clock, for calls under way
   * @param settings the configuration
   * @param listeners are told of it
   * @param ends is told of its end
   */
  public QueryMonitor(
      String name,
      QueryClock clock,
      InstantSource machine,
      VellamoSettings settings,
      ListenerBus listeners,
      RunEnds ends) {
    this(
        name,
        clock,
        machine,
        settings,
        listeners,
        ends,
        LoggerFactory.getLogger(QueryMonitor.class));
  }

  private QueryMonitor(
      String name,
      QueryClock clock,
      InstantSource machine,
      VellamoSettings settings,
      ListenerBus listeners,
      RunEnds ends,
      Logger log) {
    this.name = name;
    this.clock = clock;
    this.machine = machine;
    this.settings = settings;
    this.listeners = listeners;
    this.ends = ends;
    this.log = log;
    this.outages = new OutageLog(name, log);
    this.observations = new QueryObservations(settings.health(), clock.monotonicMillis());
  }

  /**
   * Creates the monitor of a run on another node. It takes the news of that node's monitor, and
   * leaves the log to it.
   *
   * @param name the query's name
   * @param clock the query's processing time
   * @param machine the machine's clock, for calls under way
   * @param settings the configuration
   * @param listeners are told of it
   * @param ends is told of its end
   * @return a monitor that doesn't log
   */
  public static QueryMonitor mirror(
      String name,
      QueryClock clock,
      InstantSource machine,
      VellamoSettings settings,
      ListenerBus listeners,
      RunEnds ends) {
    return new QueryMonitor(name, clock, machine, settings, listeners, ends, NOPLogger.NOP_LOGGER);
  }

  public String name() {
    return name;
  }

  public UUID runId() {
    return runId;
  }

  /**
   * Returns a future that completes with the query's id once the journal has been read, or fails if
   * the query ends before.
   */
  public CompletableFuture<UUID> id() {
    return id;
  }

  public CompletableFuture<Void> terminated() {
    return terminated;
  }

  public StreamingQueryStatus status() {
    StreamingQueryStatus known = status;
    Optional<Outage> outage = terminated.isDone() ? Optional.empty() : outages.outage();
    String message = known.message() + outage.map(OutageLog::note).orElse("");
    StreamingQueryStatus noted =
        new StreamingQueryStatus(
            message + clockNote + note,
            known.isDataAvailable(),
            known.isTriggerActive(),
            List.of(),
            outage);
    QueryMonitor run = followed;
    UserCalls underWay = run == null ? calls : run.calls;
    return underWay == null || terminated.isDone()
        ? noted
        : StatusCalls.added(noted, underWay, machine.instant());
  }

  /** Sets the calls of the run. */
  public void calls(UserCalls known) {
    calls = known;
  }

  /** Sets the monitor of a run on this node, whose calls under way are part of the status. */
  public void follow(QueryMonitor run) {
    followed = run;
  }

  /** Sets a remark on the query that follows the status message; empty for none. */
  public void note(String remark) {
    note = remark.isEmpty() ? "" : "; " + remark;
  }

  /** Sets the observer of news, which passes them to other nodes. */
  public void onNews(Consumer<QueryNews> observer) {
    onNews = observer;
  }

  /** Takes the news of the query's machine. */
  public void tell(QueryNews news) {
    take(news);
    onNews.accept(news);
  }

  private void take(QueryNews news) {
    observations.take(news, clock.monotonicMillis());
    if (news instanceof QueryNews.Status now) {
      status(now.message(), now.isDataAvailable(), now.isTriggerActive());
    } else if (news instanceof QueryNews.Started started) {
      started(started.id());
    } else if (news instanceof QueryNews.Progress report) {
      report(report.progress());
    } else if (news instanceof QueryNews.WatermarkMoved || news instanceof QueryNews.HotKeysFound) {
      // Taken above.
    } else if (news instanceof QueryNews.Idle) {
      idle();
    } else if (news instanceof QueryNews.ClockBehind behind) {
      clockNote = "; processing time is [%s] ahead of the clock".formatted(behind.ahead());
      log.warn(
          "Query [{}]: the clock must not go back, it shows [{}], and processing time has been [{}]"
              + " already; it was set back, or was [{}] ahead in an earlier epoch; processing time"
              + " goes on from there as time passes, ahead of the clock; check the machine's time",
          name,
          behind.shown(),
          behind.processingTime(),
          behind.ahead());
    } else if (news instanceof QueryNews.ClockCaughtUp caughtUp) {
      clockNote = "";
      log.info(
          "Query [{}]: the clock has caught up with processing time at [{}]",
          name,
          caughtUp.shown());
    } else if (news instanceof QueryNews.ShardRestarting restarting) {
      restarting(restarting);
    } else if (news instanceof QueryNews.CallFailed failed) {
      failed(failed.outage());
    } else if (news instanceof QueryNews.OutageEnded over) {
      outageEnded(over);
    } else {
      throw new AssertionError("unhandled " + news.getClass());
    }
  }

  private void restarting(QueryNews.ShardRestarting news) {
    log.warn(
        "Query [{}]: shard [{}] of operator [{}] has stopped, found [{}]; it is started again in"
            + " [{}], and the query goes on then",
        name,
        news.shard(),
        news.operator(),
        news.reason(),
        news.backoff());
    status(
        "Starting shard [%d] of operator [%s] again: %s"
            .formatted(news.shard(), news.operator(), news.reason()),
        true,
        true);
  }

  private void status(String message, boolean isDataAvailable, boolean isTriggerActive) {
    status = new StreamingQueryStatus(message, isDataAvailable, isTriggerActive);
  }

  /**
   * Notes that the journal has been read and the query's id is known. A run that goes on on another
   * node reports it again.
   */
  private void started(UUID knownId) {
    if (!id.complete(knownId)) {
      return;
    }
    QueryStarted event = new QueryStarted(knownId, runId, name, clock.instant());
    tellListeners(listener -> listener.onQueryStarted(event), false);
  }

  private void report(StreamingQueryProgress progress) {
    synchronized (recent) {
      if (recent.size() == settings.recentProgress()) {
        recent.removeFirst();
      }
      recent.addLast(progress);
    }
    tellListeners(listener -> listener.onQueryProgress(progress), true);
  }

  /** Notes that the query has looked for data and found none; listeners are told at intervals. */
  private void idle() {
    long now = clock.monotonicMillis();
    Long told = idleToldMillis;
    if (told != null && now - told < settings.idleReportInterval().toMillis()) {
      return;
    }
    idleToldMillis = now;
    QueryIdle event = new QueryIdle(id.join(), runId, name, clock.instant());
    tellListeners(listener -> listener.onQueryIdle(event), true);
  }

  private void failed(Outage outage) {
    outages.failed(outage);
    if (outage.failures() == 1) {
      QueryOutageBegan event = new QueryOutageBegan(id.join(), runId, name, outage);
      tellListeners(listener -> listener.onQueryOutageBegan(event), false);
    }
  }

  private void outageEnded(QueryNews.OutageEnded over) {
    outages.ended(over.outage(), over.lasted());
    QueryOutageEnded event =
        new QueryOutageEnded(id.join(), runId, name, over.outage(), over.lasted());
    tellListeners(listener -> listener.onQueryOutageEnded(event), false);
  }

  private void tellListeners(Consumer<StreamingQueryListener> call, boolean isDroppable) {
    listeners.tell(new ListenerBus.Event(call, isDroppable, onMachineFailure));
  }

  /** Sets the observer of JVM errors that listeners throw when they are told of this query. */
  public void onMachineFailure(Consumer<Throwable> observer) {
    onMachineFailure = observer;
  }

  /** Returns how failures are worded. */
  public Failures failures() {
    return settings.failures();
  }

  public List<StreamingQueryProgress> recent() {
    synchronized (recent) {
      return List.copyOf(recent);
    }
  }

  /** Returns what handles derive from the news. */
  public QueryObservations observations() {
    return observations;
  }

  /** Returns the health now. */
  public QueryHealth health() {
    return observations.health(
        status(), terminated.isDone(), failure, clock.instant(), clock.monotonicMillis());
  }

  public Optional<StreamingQueryException> failure() {
    return failure;
  }

  /** Notes why the query is about to end; the first reason counts. */
  public void failed(StreamingQueryException exception) {
    if (failure.isEmpty()) {
      failure = Optional.of(exception);
      status("Terminated with exception: " + exception.getMessage(), false, false);
    }
  }

  /** Notes that the coordinator has stopped, for instance because its journal has failed. */
  public void crashed(Throwable cause) {
    crash = cause;
  }

  /** Returns why the coordinator has stopped, or null if it has ended the query itself. */
  public @Nullable Throwable crash() {
    return crash;
  }

  /** Returns whether the query was given up before it had released everything. */
  public boolean isGivenUp() {
    return isGivenUp;
  }

  /**
   * Notes that the query has ended although something of it still runs: its name stays taken.
   *
   * @param reason why it was given up
   * @param blockers what still runs
   */
  public void givenUp(StreamingQueryException reason, String blockers) {
    isGivenUp = true;
    failed(reason);
    ends.givenUp(name, blockers);
    tellEnd();
  }

  /** Notes that the query has ended and released everything. */
  public void ended() {
    ends.released(name);
    tellEnd();
  }

  private synchronized void tellEnd() {
    if (terminated.isDone()) {
      return;
    }
    note = "";
    Optional<StreamingQueryException> reason = failure;
    ends.ended(reason.orElse(null));
    Optional<UUID> knownId =
        id.isDone() && !id.isCompletedExceptionally() ? Optional.of(id.join()) : Optional.empty();
    QueryTerminated event = new QueryTerminated(knownId, runId, name, reason);
    tellListeners(listener -> listener.onQueryTerminated(event), false);
    if (reason.isPresent()) {
      id.completeExceptionally(reason.get());
      terminated.completeExceptionally(reason.get());
    } else {
      status("Stopped", false, false);
      id.completeExceptionally(
          new IllegalStateException(
              "Query [%s] was stopped before its journal had been read".formatted(name)));
      terminated.complete(null);
    }
  }
}

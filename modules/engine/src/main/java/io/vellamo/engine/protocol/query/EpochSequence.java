package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.Decision;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochInterval;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochPlanner;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.epoch.RunSoFar;
import io.vellamo.engine.epoch.WatermarkRule;
import io.vellamo.engine.protocol.query.QueryMachine.State;
import io.vellamo.engine.protocol.query.ReadAhead.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link QueryMachine} that decides when the next epoch runs, and which: it asks the
 * source when the trigger allows, plans, reads ahead, and commits.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class EpochSequence {
  private final QueryMachine query;
  private final QuerySetup setup;
  private final QueryEffects effects;
  private final WatermarkRule watermarks;
  private final EpochPlanner planner;
  private final ProcessingTime time;
  private final @Nullable WatermarkTracker tracker;
  private final EpochSize size;
  private final TriggerGate gate;
  private final EpochInterval interval;
  private final IdleRequests idleRequests;
  private final ReadAhead ahead;
  private final ProgressReports reports;
  private final PhaseTimer timer = new PhaseTimer();
  private final HotKeyReports hotKeys;

  private RunSoFar run = RunSoFar.NOTHING;
  private boolean wokenMeanwhile;
  // While an epoch runs: the outages before it, and how many events it may have.
  private long outageMillis;
  private long mostEvents = Long.MAX_VALUE;
  // From the sink's answer until the commit is journaled.
  private @Nullable EpochCommit pendingCommit;
  private @Nullable StreamingQueryProgress pendingProgress;

  EpochSequence(QueryMachine query, QuerySetup setup, QueryEffects effects) {
    QueryLedger ledger = query.ledger();
    this.query = query;
    this.setup = setup;
    this.effects = effects;
    this.watermarks =
        new WatermarkRule(setup.compiled().watermarks(), query.journal().knownCreated().policy());
    this.planner = new EpochPlanner(setup.trigger(), setup.compiled().usesEventTime(), watermarks);
    this.time = new ProcessingTime(effects::publish, ledger.processingTimeMillis(), query.now());
    this.tracker =
        setup.watermarkNames().isEmpty()
            ? null
            : new WatermarkTracker(
                setup.watermarkNames(), setup.compiled().watermarks(), watermarks, ledger);
    this.size = setup.size();
    this.gate = new TriggerGate(setup);
    this.interval = setup.trigger() == Trigger.asap() ? setup.interval() : EpochInterval.none();
    this.idleRequests = new IdleRequests(effects);
    this.ahead = new ReadAhead(setup);
    this.reports = new ProgressReports(setup);
    this.hotKeys = new HotKeyReports(setup, ledger.shards());
  }

  ReadAhead ahead() {
    return ahead;
  }

  /** Notes that a step of the epoch begins. */
  void step(RunningEpoch epoch, RunningEpoch.Step next) {
    epoch.step(next);
    timer.step(next, query.now());
  }

  /** Returns the commit that is not journaled yet, or null if there is none. */
  @Nullable EpochCommit pendingCommit() {
    return pendingCommit;
  }

  /** Takes a request to settle or to await idleness; returns false if it is another request. */
  boolean requested(QueryRequest request) {
    if (request instanceof QueryRequest.Settle settle) {
      idleRequests.add(settle);
    } else if (request instanceof QueryRequest.AwaitIdle await) {
      idleRequests.add(await);
    } else {
      return false;
    }
    return true;
  }

  /** Looks for work if a request waits for the answer that there is none. */
  void considerRequests() {
    if (query.retries().isWaiting() && pendingCommit == null) {
      idleRequests.idle();
    }
    if (query.state() == State.IDLE && !query.isCommitting() && !idleRequests.isEmpty()) {
      consider();
    }
  }

  /** Notes that something may have come. */
  void wakeUp() {
    wokenMeanwhile = true;
    if (query.state() == State.IDLE && !query.isCommitting()) {
      consider();
    }
  }

  /** Asks the source what it offers, if the trigger allows an epoch now. */
  private void consider() {
    if (gate.isClosed(query.now())) {
      query.status("Waiting for next trigger", false, false);
      effects.wakeAfter(Math.max(0, gate.closedMillis(query.now())));
      idleRequests.idle();
      return;
    }
    long waitMillis = waitMillis();
    if (waitMillis > 0) {
      effects.pause(waitMillis);
      return;
    }
    query.enter(State.ASKING);
    timer.asked(query.now());
    gate.fire(query.now());
    mostEvents = setup.trigger() == Trigger.once() ? Long.MAX_VALUE : size.most();
    ask();
  }

  /** Returns how long the next epoch has to wait for the interval between epochs. */
  private long waitMillis() {
    // Users who wait for an answer must not wait longer for it.
    return idleRequests.isEmpty() ? interval.waitMillis(query.now().monotonicNanos()) : 0;
  }

  private void ask() {
    wokenMeanwhile = false;
    idleRequests.sourceAsked();
    query.status("Getting offsets from " + setup.source(), false, true);
    effects.askSource(afterCommit().offsets(), mostEvents);
  }

  /** Takes the failure of the source to answer. The preceding epoch must not wait for it. */
  void offerFailed(Problem problem) {
    EpochCommit commit = pendingCommit;
    if (query.retries().failed(CallRetries.QUERY, "asking " + setup.source(), problem, this::ask)) {
      query.act(commit, null);
    }
  }

  /** Decides about the next epoch, given the source's offer. */
  void offered(List<OffsetRange> ranges) {
    Decision decision =
        planner.next(
            afterCommit(), run, ranges, query.epochs().table().nextDue(), processingMillis());
    EpochCommit commit = pendingCommit;
    if (decision instanceof Decision.Run next) {
      query.enter(State.RUNNING);
      query.act(commit, next.plan());
      return;
    }
    if (decision == Decision.Finish.INSTANCE) {
      query.stop();
      return;
    }
    query.enter(State.IDLE);
    query.status("Waiting for data to arrive", false, false);
    effects.publish(new QueryNews.Idle());
    Long until = ((Decision.Wait) decision).untilMillis();
    if (commit != null) {
      wakeWhenDue(until);
      query.act(commit, null);
      return;
    }
    idleRequests.settled();
    if (wokenMeanwhile || idleRequests.areSettling()) {
      consider();
      return;
    }
    wakeWhenDue(until);
    idleRequests.idle();
  }

  private void wakeWhenDue(@Nullable Long untilMillis) {
    Long delay = gate.idleMillis(query.now(), time.millisUntil(untilMillis, query.now()));
    if (delay == null) {
      effects.cancelWakeUp();
    } else {
      effects.wakeAfter(Math.max(0, delay));
    }
  }

  /** Returns whether the run has not completed an epoch yet. */
  boolean isBeginOfRun() {
    return run.epochs() == 0;
  }

  /** Notes that an epoch begins. */
  void begun() {
    timer.begun(query.now());
    interval.started(query.now().monotonicNanos());
    outageMillis = query.retries().outageMillis();
  }

  /** Asks the source for the epoch after the one that runs, if there is probably more to read. */
  void mayReadAhead(RunningEpoch epoch) {
    if (ahead.isPossible() && size.isFull(epoch.summary().events().input(), mostEvents)) {
      long most = size.most();
      effects.askAhead(ahead.ask(query.ledger(), commit(epoch), most).offsets(), most);
    }
  }

  /**
   * Takes the source's offer made while an epoch runs, and has it read; returns false if the offer
   * is no longer needed.
   */
  boolean offeredAhead(@Nullable List<OffsetRange> ranges) {
    Phase phase = ahead.phase();
    if (phase == Phase.AWAITED && ranges != null) {
      ahead.forget();
      offered(ranges);
    } else if (phase == Phase.AWAITED) {
      ahead.forget();
      query.enter(State.IDLE);
      consider();
    } else if (phase == Phase.ASKING) {
      long attempt = query.epochs().nextAttempt();
      EpochPlan plan =
          ahead.answered(
              ranges == null ? List.of() : ranges,
              planner,
              run.after(Objects.requireNonNull(query.ledger().planned(), "planned")),
              processingMillis(),
              attempt);
      if (plan != null) {
        effects.read(plan, attempt, query.epochs().table().mayHaveParked());
      }
    } else {
      ahead.forget();
      return false;
    }
    return true;
  }

  /** Ends an epoch, whose rows are at the sink. */
  void written(RunningEpoch epoch, long rows) {
    pendingCommit = commit(epoch);
    Duration took = timer.written(query.now());
    // An outage says nothing about the work of an epoch.
    long workedMillis = took.toMillis() - (query.retries().outageMillis() - outageMillis);
    size.ran(epoch.summary().events().input(), mostEvents, workedMillis);
    if (tracker != null) {
      tracker.committed(epoch.plan(), epoch.summary().seen());
    }
    pendingProgress =
        reports.of(
            epoch,
            query.ledger(),
            query.epochs().table(),
            isBeginOfRun(),
            took,
            rows,
            query.retries().takeRetries(),
            effects.metrics());
    QueryNews.HotKeysFound found = hotKeys.take(epoch, query.now());
    if (found != null) {
      effects.publish(found);
    }
    run = run.after(epoch.plan());
    if (size.isFull(epoch.summary().events().input(), mostEvents)) {
      interval.behind();
    }
    query.enter(State.IDLE);
    if (gate.isClosed(query.now()) || waitMillis() > 0) {
      query.act(pendingCommit, null);
      return;
    }
    EpochPlan next = ahead.plan();
    if (ahead.await()) {
      mostEvents = ahead.most();
      query.enter(State.ASKING);
    } else if (next != null) {
      mostEvents = ahead.most();
      query.enter(State.RUNNING);
      query.act(pendingCommit, next);
    } else {
      consider();
    }
  }

  /** Notes that the commit is journaled, if there is one; returns whether there is. */
  boolean journaled() {
    boolean isCommit = pendingCommit != null;
    pendingCommit = null;
    return isCommit;
  }

  /** Reports the epoch that is committed now, at the sink too, if there is one. */
  void committed() {
    StreamingQueryProgress progress = pendingProgress;
    if (progress != null) {
      pendingProgress = null;
      // The retries and the time of the commit at the sink are known only now.
      EpochPhases phases = timer.committed(query.now());
      effects.publish(
          new QueryNews.Progress(
              ProgressReports.with(progress, query.retries().takeRetries(), phases)));
      publishWatermark();
      effects.tellSource(query.ledger().offsets());
    }
  }

  private EpochCommit commit(RunningEpoch epoch) {
    return watermarks.commit(query.ledger(), epoch.plan(), epoch.summary().seen(), epoch.events());
  }

  void publishWatermark() {
    if (tracker != null) {
      effects.publish(
          new QueryNews.WatermarkMoved(tracker.report(query.ledger(), processingMillis())));
    }
  }

  private long processingMillis() {
    return time.millis(query.now());
  }

  /** Returns the ledger with the commit that is not journaled yet. */
  private QueryLedger afterCommit() {
    return pendingCommit == null ? query.ledger() : query.ledger().committed(pendingCommit);
  }
}

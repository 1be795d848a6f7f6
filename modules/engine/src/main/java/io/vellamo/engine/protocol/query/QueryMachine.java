package io.vellamo.engine.protocol.query;

import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.journal.SinkRecord.SinkCommitted;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.query.QueryFailures.Emitted;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of a query: it plans an epoch, journals the plan, runs the epoch, and journals the
 * commit. What has happened comes in as {@link QueryInput}, what is to be done goes out as {@link
 * QueryEffects}.
 *
 * <p><b>Order</b> Before {@link QueryInput.Recovered}, and while records are being journaled, other
 * inputs are kept, in order. An input that concerns an earlier attempt, run or activation of a
 * shard is ignored and counted.
 *
 * <p><b>Threading</b> Used by one thread at a time. It has no thread, clock or randomness of its
 * own: the same inputs at the same times give the same effects.
 *
 * <p><b>Failure</b> {@link QueryEffects#fail}, then {@link QueryEffects#finish}. An input that
 * can't occur in the current state is an {@link AssertionError}.
 */
/*
 * The states and transitions are in QueryMachine.md beside this class. This class journals;
 * EpochSequence decides when the next epoch runs, EpochProtocol runs it.
 */
public final class QueryMachine {
  /** The states. */
  public enum State {
    /** The journal has not been read. */
    RECOVERING,
    /** The beginning of the run is journaled. */
    RESUMING,
    /** Source and sinks are being opened. */
    OPENING,
    /** The shards are being started and opened. */
    STARTING,
    /** Nothing to do until something wakes the query. */
    IDLE,
    /** The source is asked what it offers. */
    ASKING,
    /** An epoch is planned, and in progress until its rows are at the sink. */
    RUNNING,
    /** The run has ended. */
    STOPPED
  }

  private final QuerySetup setup;
  private final QueryEffects effects;
  private final CallRetries retries;
  private final QueryRecords records;
  private final WaitingInputs waiting = new WaitingInputs();

  private State state = State.RECOVERING;
  private Now now = new Now(0, 0);
  private long ignored;

  private boolean stopsThen;
  private boolean isAskedToStop;
  // Whether all epochs so far were written by a sink with one writer.
  private boolean isDividedNow;
  // Whether all ranges of the sink have committed the last committed epoch.
  private boolean isAtSink;
  // From the journaling of the run's last record.
  private boolean isEnding;
  // Set once the beginning of the run is journaled.
  private @Nullable EpochSequence sequence;
  private @Nullable EpochProtocol epochs;
  // While an epoch runs: how much of it sinks may hold.
  private Emitted emitted = Emitted.NOTHING;

  /** Creates the machine of a run that has not begun. */
  public QueryMachine(QuerySetup setup, QueryEffects effects) {
    this.setup = setup;
    this.effects = effects;
    this.retries = new CallRetries(this, setup.retry(), effects);
    this.records = new QueryRecords(effects);
  }

  /** Returns the state. */
  public State state() {
    return state;
  }

  /**
   * Returns the state more precisely: the step of an epoch, and whether records are journaled or a
   * failed call is to be made again.
   */
  String position() {
    if (isJournaling() && state != State.RESUMING) {
      return "JOURNALING";
    }
    if (isCommitting()) {
      return "COMMITTING";
    }
    if (retries.isWaiting(CallRetries.QUERY)) {
      return "RETRYING";
    }
    RunningEpoch running = state == State.RUNNING ? epochs().running() : null;
    return running == null ? state.name() : running.step().name();
  }

  /** Returns whether records are being journaled, so that other inputs are kept. */
  boolean isJournaling() {
    return records.isUnderWay();
  }

  /** Returns whether the sink commits the last epoch, so that the next one can't run. */
  boolean isCommitting() {
    return state != State.STOPPED && epochs != null && epochs.sinkCommit().isUnderWay();
  }

  /** Returns the number of ranges of shards with a writer each; 0 if the sink has one writer. */
  int ranges() {
    return setup.sinkRanges() == 0 ? 0 : journal().sinkRanges();
  }

  /** Returns what the journal holds, as far as it has been acknowledged. */
  public QueryState journal() {
    return records.state();
  }

  /** Returns the number of inputs that are kept until the journal has answered. */
  int waiting() {
    return waiting.size();
  }

  /** Returns the number of inputs that were ignored because they came too late. */
  public long ignored() {
    return ignored + (epochs == null ? 0 : epochs.ignored());
  }

  /** Takes an input that arrives at a time. */
  public void on(QueryInput input, Now at) {
    if (state == State.STOPPED) {
      ignored++;
      return;
    }
    now = at;
    if (PossibleInputs.mustWait(input, this)) {
      requirePossible(input);
      waiting.add(input);
      return;
    }
    take(input);
    QueryInput next = waiting.removeNext(this);
    while (next != null) {
      take(next);
      next = waiting.removeNext(this);
    }
  }

  private void take(QueryInput input) {
    requirePossible(input);
    if (input instanceof QueryInput.Recovered recovered) {
      recovered(recovered.state());
    } else if (input instanceof QueryInput.Journaled journaled) {
      journaled(journaled.lastSequenceNr());
    } else if (input instanceof QueryInput.Stop) {
      isAskedToStop = true;
      stop();
    } else if (input instanceof QueryInput.Failed failed) {
      failed(failed.doing(), failed.problem());
    } else if (input instanceof QueryInput.Woken) {
      retries.woken();
      sequence().wakeUp();
    } else if (input instanceof QueryInput.Requested requested) {
      requested(requested.requests());
    } else if (input instanceof QueryInput.Offered offered) {
      retries.succeeded(CallRetries.QUERY);
      sequence().offered(offered.ranges());
    } else if (input instanceof QueryInput.OfferFailed unanswered) {
      sequence().offerFailed(unanswered.problem());
    } else if (input instanceof QueryInput.OpenFailed unopened) {
      retries.failed(CallRetries.QUERY, "opening source and sinks", unopened.problem(), this::open);
    } else if (input instanceof QueryInput.Opened) {
      retries.succeeded(CallRetries.QUERY);
      state = State.STARTING;
      epochs().open();
    } else if (input instanceof QueryInput.RangeCommitted committed) {
      retries.succeeded(committed.range());
      epochs().sinkCommit().committed(committed.range());
      if (!isCommitting()) {
        goOn();
      }
    } else {
      epochs().take(input);
      if (isAskedToStop && stopsThen && isCommitting() && retries.isRangeWaiting()) {
        // The next run commits: a user must not wait for the end of an outage.
        finish();
      }
    }
  }

  private void requirePossible(QueryInput input) {
    if (!PossibleInputs.contain(input, this)) {
      throw new AssertionError("state [%s] has no input [%s]".formatted(position(), input));
    }
  }

  private void recovered(QueryState recovered) {
    records.recovered(recovered);
    isDividedNow = recovered.sinkRanges() == 0;
    QueryBeginning beginning = new QueryBeginning(setup, recovered);
    String refusal = beginning.refusal();
    if (refusal != null) {
      fail(refusal, 0);
      return;
    }
    state = State.RESUMING;
    records.persist(beginning.records());
  }

  /** Opens source and sinks, once the journal holds the beginning of this run. */
  private void begin() {
    QueryLedger ledger = ledger();
    EpochSequence begun = new EpochSequence(this, setup, effects);
    sequence = begun;
    epochs = new EpochProtocol(this, begun, setup, effects);
    state = State.OPENING;
    effects.publish(new QueryNews.Started(ledger.id()));
    begun.publishWatermark();
    open();
  }

  private void open() {
    status("Initializing sources", false, false);
    effects.open(ledger(), ranges());
  }

  /** Begins with epochs: source, sinks and shards are open. */
  void ready() {
    state = State.IDLE;
    if (ledger().planned() != null) {
      epochs().recovers();
    }
    long committed = ledger().committedEpoch();
    if (committed > 0 && ranges() > 0 && !isDividedNow) {
      // An earlier run may have ended before all ranges had committed it.
      epochs().sinkCommit().begin(committed);
    } else {
      goOn();
    }
  }

  private void requested(List<QueryRequest> requests) {
    for (QueryRequest request : requests) {
      if (!sequence().requested(request)) {
        epochs().relayed().add(request);
      }
    }
    epochs().relayed().send();
    sequence().considerRequests();
  }

  /** Journals a commit and a plan, if there are any. */
  void act(@Nullable EpochCommit commit, @Nullable EpochPlan plan) {
    records.persist(commit, plan);
  }

  /** Ends the run; an epoch that runs is abandoned, one whose rows are at the sink is committed. */
  void stop() {
    EpochCommit commit = sequence == null ? null : sequence.pendingCommit();
    act(commit, null);
    // Stops only once the commit is journaled, so that the last epoch is reported too.
    stopsThen = commit != null;
    if (!stopsThen) {
      finish();
    }
  }

  private void finish() {
    long committed = sequence == null ? 0 : ledger().committedEpoch();
    if (isAtSink && ranges() > 0 && !isEnding && journal().sinkCommitted() != committed) {
      isEnding = true;
      records.persist(List.of(new SinkCommitted(committed)));
      return;
    }
    state = State.STOPPED;
    waiting.clear();
    retries.end();
    effects.finish();
  }

  private void journaled(long lastSequenceNr) {
    records.journaled(lastSequenceNr);
    if (state == State.RESUMING) {
      begin();
      return;
    }
    if (isEnding) {
      finish();
      return;
    }
    boolean isCommit = sequence().journaled();
    if (isCommit) {
      epochs().relayed().committed();
    }
    if (isCommit && ranges() > 0) {
      isAtSink = false;
      epochs().sinkCommit().begin(ledger().committedEpoch());
    } else {
      goOn();
    }
  }

  /** Goes on after the last epoch is committed, at the sink too. */
  private void goOn() {
    isAtSink = true;
    sequence().committed();
    EpochPlan plan = ledger().planned();
    if (stopsThen) {
      finish();
    } else if (plan != null) {
      run(plan);
    } else if (state == State.IDLE) {
      // Asks the source again only now, so that callers who wait for the commit find it in the
      // journal.
      sequence().wakeUp();
    } else {
      sequence().considerRequests();
    }
  }

  private void run(EpochPlan plan) {
    state = State.RUNNING;
    emitted = epochs().isRecovering() ? Emitted.PERHAPS_EARLIER : Emitted.NOTHING;
    sequence().begun();
    epochs().run(plan);
  }

  /** Notes that sinks are asked to write the epoch. */
  void atSink() {
    emitted = Emitted.PERHAPS;
  }

  /** Ends the query: something that was asked for has failed. */
  void failed(String doing, Problem problem) {
    fail(doing + " failed: " + problem.text(), problem.id());
  }

  /**
   * Ends the query with a failure.
   *
   * @param problem identifies the exception; 0 if there is none
   */
  void fail(String what, long problem) {
    EpochPlan planned =
        sequence == null || sequence.pendingCommit() != null ? null : ledger().planned();
    effects.fail(
        isCommitting()
            ? QueryFailures.committing(setup.name(), epochs().sinkCommit().epoch(), what, problem)
            : QueryFailures.of(setup.name(), planned, what, emitted, problem));
    stop();
  }

  void status(String message, boolean isDataAvailable, boolean isTriggerActive) {
    effects.publish(new QueryNews.Status(message, isDataAvailable, isTriggerActive));
  }

  void enter(State next) {
    state = next;
  }

  /** Answers requests that wait for nothing else, as the query now waits for the clock. */
  void considerRequests() {
    sequence().considerRequests();
  }

  CallRetries retries() {
    return retries;
  }

  Now now() {
    return now;
  }

  /** Returns the ledger, as the journal holds it. */
  QueryLedger ledger() {
    return journal().knownLedger();
  }

  EpochProtocol epochs() {
    return Objects.requireNonNull(epochs, "epochs");
  }

  private EpochSequence sequence() {
    return Objects.requireNonNull(sequence, "sequence");
  }
}

package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.ShardRecovery;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardRequest.Open;
import io.vellamo.engine.protocol.ShardRequest.RequestParks;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochEffects;
import io.vellamo.engine.shard.FailedCalls;
import io.vellamo.engine.shard.ShardLedger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of a shard, a set of groups that persist and recover together: it is opened by a run
 * of its query, runs its part of each epoch, writes all changes of the epoch or none, and replies.
 *
 * <p>It does nothing by itself: each input results in effects, which a shell carries out. Nothing
 * in memory counts as the shard's state before the journal has acknowledged it.
 *
 * <p><b>Order</b> {@link #recover} for each record, then {@link ShardInput.Recovered}, then all
 * other inputs.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Failure</b> The error policy decides about a group that throws; a group that fails the
 * epoch fails it for the whole shard, which then keeps nothing of it. After a failed write, or an
 * exception out of {@link #on}, the machine must be discarded; another one recovers.
 *
 * <p><b>Cost</b> Memory of all serialized keys and states of the shard, and of one epoch.
 */
public final class ShardMachine {
  // ShardMachine.md has the table of states and inputs, with the reason for each pair that can't
  // occur; ShardMachineTableTest walks it. Fencing:
  // - An activation first writes a claim (ShardOwned), in the place of the next record of the
  //   activation before, and answers nothing until the journal holds it.
  // - A request of an earlier run is refused; one of another activation is answered with
  //   NotOpened; one that a later request of the same run has overtaken is ignored and counted;
  //   another one for the running epoch only changes who gets the answer, from the first page on.
  // - Each request may arrive twice: an answer that may be lost is given again from memory.

  private final ShardSpec spec;
  private final ShardLedger ledger;
  private final ShardAnswers answers;
  private final ShardSnapshots snapshots;
  private final WaitingRequests waiting;
  private final WrittenRequests written;
  private final LatestRequest latest;

  private ShardState state = ShardState.RECOVERING;
  // The elapsed time when the input arrived that is being taken.
  private long nowNanos;
  private long lastSequenceNr;
  private long ignored;

  // While a write is under way.
  private List<ShardRecord> records = List.of();
  // In CALLING, DELAYING, WRITING and PAGING.
  private @Nullable ShardEpoch running;
  // In WRITING.
  private @Nullable EpochWrite write;

  /** Creates the machine of a shard without groups, which is to recover. */
  public ShardMachine(ShardSpec spec) {
    this.spec = spec;
    this.ledger = new ShardLedger(spec.operator().timeout());
    this.answers = new ShardAnswers(spec, ledger);
    this.snapshots = new ShardSnapshots(spec);
    this.waiting = new WaitingRequests(answers);
    this.written = new WrittenRequests(spec, ledger, answers);
    this.latest = new LatestRequest(answers);
  }

  /** Applies a record of the journal. */
  public void recover(ShardRecord record) {
    if (state != ShardState.RECOVERING) {
      throw impossible(record);
    }
    ShardRecovery.apply(record, ledger);
    snapshots.recovered(record);
  }

  /**
   * Takes an input.
   *
   * @param monotonicNanos the elapsed time at which it arrives, for reports only; what happens does
   *     not depend on it
   */
  public void on(ShardInput input, long monotonicNanos, ShardEffects effects) {
    nowNanos = monotonicNanos;
    on(input, effects);
  }

  private void on(ShardInput input, ShardEffects effects) {
    if (input instanceof ShardInput.Recovered recovered) {
      require(state == ShardState.RECOVERING, input);
      ledger.recovered();
      lastSequenceNr = recovered.lastSequenceNr();
      state = ShardState.UNOWNED;
      return;
    }
    require(state != ShardState.RECOVERING, input);
    if (input instanceof ShardInput.RunRequested run) {
      run(run, effects);
    } else if (input instanceof ShardInput.Called called) {
      called(called, effects);
    } else if (input instanceof ShardInput.Journaled journaled) {
      journaled(journaled, effects);
    } else if (input instanceof ShardInput.Requested requested) {
      requested(requested, effects);
    } else if (input instanceof ShardInput.CallDue due) {
      callDue(due, effects);
    } else if (input instanceof ShardInput.SnapshotDue) {
      snapshotDue(input, effects);
    } else {
      throw new AssertionError("unhandled " + input.getClass());
    }
  }

  /** Returns the shard's state as the journal holds it; must not be changed. */
  public ShardLedger ledger() {
    return ledger;
  }

  /** Returns the number of inputs that were out of date. */
  public long ignored() {
    return ignored;
  }

  ShardState state() {
    return state;
  }

  int waiting() {
    return waiting.size();
  }

  private void requested(ShardInput.Requested requested, ShardEffects effects) {
    ShardRequest request = requested.request();
    long replyTo = requested.replyTo();
    Fence fence = request.fence();
    if (request instanceof Open open) {
      open(open, requested, effects);
    } else if (fence == null && !state.isOwned()) {
      waiting.add(requested, effects);
    } else if (fence != null && answers.isRefused(fence, state.isOwned(), replyTo, effects)) {
      return;
    } else if (request instanceof ShardRequest.NextPage next) {
      nextPage(next, replyTo, effects);
    } else if (request instanceof RequestParks parks) {
      requestParks(parks, requested, effects);
    } else {
      answers.fromLedger(request, replyTo, effects);
    }
  }

  private void open(Open open, ShardInput.Requested requested, ShardEffects effects) {
    if (open.incarnation() < ledger.incarnation()) {
      answers.fenced(open.incarnation(), null, requested.replyTo(), effects);
    } else if (state.isOwned() && answers.isOpenedBy(open.incarnation())) {
      answers.opened(open, requested.replyTo(), effects);
    } else if (state.mayClaim()) {
      if (running != null) {
        // The earlier run takes no more pages.
        running = null;
        effects.epochEnded();
      }
      state = ShardState.CLAIMING;
      persist(written.claim(open, requested), effects);
    } else {
      waiting.add(requested, effects);
    }
  }

  private void requestWritten(ShardEffects effects) {
    if (state == ShardState.CLAIMING) {
      latest.forget();
    }
    written.written(effects);
    becomeIdle(effects);
  }

  private void run(ShardInput.RunRequested run, ShardEffects effects) {
    Fence fence = run.request().fence();
    if (state == ShardState.CLAIMING && fence.incarnation() >= ledger.incarnation()) {
      waiting.add(run, effects);
    } else if (answers.isRefused(fence, state.isOwned(), run.replyTo(), effects)) {
      return;
    } else if (latest.makesPast(fence, running)) {
      answerAgain(fence, 0, run.replyTo(), effects);
    } else if (running != null) {
      runAgain(running, run, effects);
    } else if (state == ShardState.IDLE) {
      begin(run, effects);
    } else {
      waiting.add(run, effects);
    }
  }

  /** Gives the last answer again, as it may be lost, or ignores a request that is out of date. */
  private void answerAgain(Fence fence, int page, long replyTo, ShardEffects effects) {
    if (!answers.again(fence, page, replyTo, effects)) {
      ignored++;
      effects.ignored(replyTo);
    }
  }

  private void runAgain(ShardEpoch epoch, ShardInput.RunRequested run, ShardEffects effects) {
    require(run.request().fence().epoch() == epoch.fence().epoch(), run);
    latest.is(run.request().fence());
    if (state == ShardState.PAGING) {
      epoch.requestedAgain(run, ledger, false);
      callNext(epoch, effects);
    } else {
      effects.ignored(epoch.replyTo());
      epoch.requestedAgain(run, ledger, state == ShardState.CALLING);
    }
  }

  private void nextPage(ShardRequest.NextPage next, long replyTo, ShardEffects effects) {
    if (state == ShardState.PAGING && epoch().pageRequested(next, replyTo)) {
      answers.forgetLast();
      callNext(epoch(), effects);
    } else {
      answerAgain(next.fence(), next.number(), replyTo, effects);
    }
  }

  private void begin(ShardInput.RunRequested run, ShardEffects effects) {
    Fence fence = run.request().fence();
    if (fence.epoch() < ledger.lastEpoch()) {
      answers.ahead(fence, run.replyTo(), effects);
      return;
    }
    latest.is(fence);
    if (answers.fromMemory(run, effects)) {
      return;
    }
    ShardEpoch epoch = new ShardEpoch(run, spec);
    ShardEpoch.NotKept notKept = epoch.begin(ledger, answers.isKnown(fence));
    if (notKept == null) {
      running = epoch;
      callNext(epoch, effects);
    } else {
      answers.notKept(epoch, notKept, effects);
    }
  }

  private void callNext(ShardEpoch epoch, ShardEffects effects) {
    if (epoch.hasPage()) {
      state = ShardState.PAGING;
      answers.page(epoch, effects);
      return;
    }
    List<EpochCall> calls =
        epoch.nextCalls(ledger, spec.operator().keyCodec(), spec.mostCalls().getAsInt());
    if (!calls.isEmpty()) {
      state = ShardState.CALLING;
      call(calls, epoch, effects);
    } else if (epoch.isHeld()) {
      answer(epoch, effects);
    } else {
      finish(epoch, effects);
    }
  }

  private void call(List<EpochCall> calls, ShardEpoch epoch, ShardEffects effects) {
    epoch.meter().begin(nowNanos);
    effects.call(calls, epoch.times());
  }

  private void called(ShardInput.Called called, ShardEffects effects) {
    require(state == ShardState.CALLING, called);
    ShardEpoch epoch = epoch();
    epoch.meter().called(called.results(), nowNanos);
    CallResult.Threw threw = epoch.take(called.results(), ledger);
    if (threw != null) {
      running = null;
      effects.epochEnded();
      answers.threw(epoch, threw, effects);
      becomeIdle(effects);
      return;
    }
    FailedCalls.Round again = epoch.again();
    if (again == null) {
      callNext(epoch, effects);
    } else if (again.backoff().isZero()) {
      call(again.calls(), epoch, effects);
    } else {
      epoch.delay(again.calls());
      state = ShardState.DELAYING;
      effects.callLater(epoch.times().epoch(), again.calls().size(), again.backoff());
    }
  }

  private void callDue(ShardInput.CallDue due, ShardEffects effects) {
    if (state != ShardState.DELAYING || epoch().times().epoch() != due.epoch()) {
      ignored++;
      return;
    }
    state = ShardState.CALLING;
    call(epoch().delayed(), epoch(), effects);
  }

  private void finish(ShardEpoch epoch, ShardEffects effects) {
    EpochEffects changes = epoch.effects(ledger);
    if (changes.isNothing()) {
      ended(epoch, effects);
    } else {
      EpochWrite begun = EpochWrite.of(changes, lastSequenceNr, spec.limits());
      write = begun;
      state = ShardState.WRITING;
      epoch.meter().begin(nowNanos);
      persist(begun.writes().next(), effects);
    }
  }

  private void epochWritten(ShardEffects effects) {
    EpochWrite done = Objects.requireNonNull(write, "write");
    if (done.writes().hasNext()) {
      persist(done.writes().next(), effects);
      return;
    }
    write = null;
    epoch().meter().written(done.effects().size(), nowNanos);
    snapshots.epochWritten(ledger, done.before(), done.effects().size());
    ended(epoch(), effects);
  }

  private void ended(ShardEpoch epoch, ShardEffects effects) {
    epoch.held(ledger);
    callNext(epoch, effects);
  }

  private void answer(ShardEpoch epoch, ShardEffects effects) {
    running = null;
    effects.epochEnded();
    answers.done(epoch, effects);
    becomeIdle(effects);
  }

  /** Writes requests to parked groups, but not while an epoch has decided about its groups. */
  private void requestParks(
      RequestParks parks, ShardInput.Requested requested, ShardEffects effects) {
    if (latest.isAfter(parks.fence(), ledger)) {
      // They arrive again, though an epoch has carried them out.
      answerAgain(parks.fence(), 0, requested.replyTo(), effects);
    } else if (state != ShardState.IDLE) {
      waiting.add(requested, effects);
    } else {
      List<ShardRecord> next = written.parks(parks, requested, effects);
      if (!next.isEmpty()) {
        state = ShardState.REQUESTING;
        persist(next, effects);
      }
    }
  }

  private void snapshotDue(ShardInput input, ShardEffects effects) {
    require(snapshots.isDue(), input);
    // Otherwise it is asked for again once the shard is idle.
    if (state == ShardState.IDLE) {
      state = ShardState.SNAPSHOTTING;
      persist(snapshots.next(ledger), effects);
    }
  }

  private void snapshotWritten(ShardEffects effects) {
    snapshots.written(effects);
    becomeIdle(effects);
  }

  private void persist(List<ShardRecord> next, ShardEffects effects) {
    records = next;
    effects.persist(next);
  }

  private void journaled(ShardInput.Journaled journaled, ShardEffects effects) {
    require(!records.isEmpty(), journaled);
    lastSequenceNr = journaled.lastSequenceNr();
    for (ShardRecord record : records) {
      ShardRecovery.apply(record, ledger);
    }
    records = List.of();
    switch (state) {
      case CLAIMING, REQUESTING -> requestWritten(effects);
      case WRITING -> epochWritten(effects);
      case SNAPSHOTTING -> snapshotWritten(effects);
      default -> throw impossible(journaled);
    }
  }

  /** Gives each waiting request its turn, in order; those that can't be handled yet wait on. */
  private void becomeIdle(ShardEffects effects) {
    state = ShardState.IDLE;
    if (waiting.haveTurn(each -> on(each, effects)) && state == ShardState.IDLE) {
      snapshots.proceed(effects);
    }
  }

  private ShardEpoch epoch() {
    return Objects.requireNonNull(running, "running");
  }

  private void require(boolean isPossible, ShardInput input) {
    if (!isPossible) {
      throw impossible(input);
    }
  }

  private AssertionError impossible(Object input) {
    return new AssertionError(
        "shard [%d] of query [%s] in state [%s] can't get [%s]"
            .formatted(spec.index(), spec.query(), state, input.getClass().getSimpleName()));
  }
}

package io.vellamo.engine.protocol.query;

import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.RunningEpoch.Step;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link QueryMachine} that runs a planned epoch: it has the events read, runs one
 * operator after the other in their shards, has rows routed between them, and has the sinks write.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class EpochProtocol {
  private final QueryMachine query;
  private final EpochSequence sequence;
  private final QuerySetup setup;
  private final QueryEffects effects;
  private final long incarnation;
  private final boolean readsStates;
  private final int shards;
  private final ShardTable table;
  private final LostShards losses;
  private final RelayedRequests relayed;
  private final OperatorRequests requests;
  private final SinkCommit sinkCommit;
  private final RangeCalls rangeCalls;

  private long attempts;
  private long ignored;
  private boolean isReady;
  private @Nullable RunningEpoch running; // While an epoch runs.
  // Whether all shards are asked: an earlier run or attempt may have run the epoch in part.
  private boolean recovering;
  private boolean isBlocked; // Until shards are open, and have answered requests to parked groups.

  EpochProtocol(
      QueryMachine query, EpochSequence sequence, QuerySetup setup, QueryEffects effects) {
    QueryLedger ledger = query.ledger();
    this.query = query;
    this.sequence = sequence;
    this.setup = setup;
    this.effects = effects;
    this.incarnation = ledger.incarnation();
    this.readsStates = ledger.shapes().areUnproven();
    this.shards = ledger.shards();
    this.table = new ShardTable(shards * setup.operators());
    this.losses = new LostShards(query, setup, effects, table);
    ParkRequests parks = new ParkRequests(effects, this, incarnation, shards);
    GroupRequests groups = new GroupRequests(effects, this, query::ledger, shards);
    this.relayed = new RelayedRequests(parks, groups, query::ledger);
    this.requests = new OperatorRequests(setup, effects, incarnation, shards, table, parks);
    this.sinkCommit =
        new SinkCommit(effects, this, incarnation, new SinkShards(setup, query.ranges()));
    this.rangeCalls = new RangeCalls(query, setup, effects, sinkCommit);
  }

  ShardTable table() {
    return table;
  }

  long ignored() {
    return ignored;
  }

  /** Returns the epoch that runs, or null if none does. */
  @Nullable RunningEpoch running() {
    return running;
  }

  /** Returns the commit of the last epoch at a sink that is written in ranges. */
  SinkCommit sinkCommit() {
    return sinkCommit;
  }

  ReadAhead ahead() {
    return sequence.ahead();
  }

  /** Returns a number that identifies the next attempt to read an epoch, or another request. */
  long nextAttempt() {
    return ++attempts;
  }

  /** Starts and opens the shards: source and sinks are open. */
  void open() {
    if (table.size() == 0) {
      ready();
      return;
    }
    effects.startShards(query.journal().knownCreated());
    for (int shard = 0; shard < table.size(); shard++) {
      open(shard);
    }
  }

  private void open(int shard) {
    effects.send(shard, new ShardRequest.Open(incarnation, readsStates, query.journal().layouts()));
  }

  private void ready() {
    isReady = true;
    relayed.ready();
    query.ready();
  }

  /** Notes that the next epoch may have been run in part by an earlier run. */
  void recovers() {
    recovering = true;
  }

  boolean isRecovering() {
    return recovering;
  }

  RelayedRequests relayed() {
    return relayed;
  }

  /** Runs an epoch, whose plan is journaled. */
  void run(EpochPlan plan) {
    if (plan.equals(ahead().plan())) {
      running = new RunningEpoch(plan, ahead().attempt(), setup);
      QueryInput outcome = ahead().take();
      if (outcome != null) {
        take(outcome);
      }
    } else if (plan.epoch() == 1 && setup.hasInitialState()) {
      running = new RunningEpoch(plan, nextAttempt(), setup);
      step(running, Step.INITIAL_STATES);
      query.status("Reading initial states", true, true);
      effects.readInitialStates();
    } else {
      read(plan);
    }
  }

  private void read(EpochPlan plan) {
    RunningEpoch epoch = new RunningEpoch(plan, nextAttempt(), setup);
    running = epoch;
    step(epoch, Step.READING);
    if (plan.ranges().isEmpty()) {
      query.status("No new data but cleaning up state", false, true);
    } else {
      query.status("Processing new data", true, true);
    }
    effects.read(plan, epoch.attempt(), table.mayHaveParked());
  }

  private void step(RunningEpoch epoch, Step next) {
    epoch.step(next);
    sequence.timer().step(next, query.now());
  }

  private void readAgain() {
    epoch().discard(effects);
    read(epoch().plan());
  }

  /** Takes an input that concerns a shard, the epoch that runs, or the one that is read ahead. */
  void take(QueryInput input) {
    if (input instanceof QueryInput.ShardReplied replied) {
      replied(replied.reply(), replied.problem());
    } else if (input instanceof QueryInput.ShardLost lost) {
      losses.lost(lost, running);
    } else if (input instanceof QueryInput.ShardRestarted restarted) {
      open(restarted.shard());
    } else if (input instanceof QueryInput.InitialStatesRead read) {
      requests.initial(read.shards());
      read(epoch().plan());
    } else if (input instanceof QueryInput.OfferedAhead offered) {
      count(sequence.offeredAhead(offered.ranges()));
    } else if (input instanceof QueryInput.EpochRead read) {
      if (isTurn(read, read.epoch(), read.attempt())) {
        query.retries().succeeded(CallRetries.QUERY);
        epoch().summary(read.summary());
        sequence.mayReadAhead(epoch());
        runOperator(epoch());
      }
    } else if (input instanceof QueryInput.ReadFailed failed) {
      if (isTurn(failed, failed.epoch(), failed.attempt())) {
        query.retries().failed(CallRetries.QUERY, "reading", failed.problem(), this::readAgain);
      }
    } else if (input instanceof QueryInput.PageTaken taken) {
      pageTaken(taken);
    } else if (input instanceof QueryInput.RowsRouted routed) {
      epoch().summary(routed.summary());
      runOperator(epoch());
    } else if (input instanceof QueryInput.SinkWritten written) {
      query.retries().succeeded(CallRetries.QUERY);
      epoch().sinkWritten(written.rows());
      written();
    } else if (input instanceof QueryInput.WriteFailed failed) {
      query
          .retries()
          .failed(
              CallRetries.QUERY,
              "writing to " + setup.sink(),
              failed.problem(),
              () -> epoch().writeAgain(effects));
    } else if (input instanceof QueryInput.OfRange outcome) {
      if (rangeCalls.take(outcome, running)) {
        written();
      }
    } else {
      throw new AssertionError("unhandled " + input.getClass());
    }
  }

  /** Keeps the outcome of reading ahead; returns whether it is that of the epoch that runs. */
  private boolean isTurn(QueryInput read, long ofEpoch, long ofAttempt) {
    RunningEpoch epoch = running;
    boolean isCurrent = epoch != null && epoch.is(ofEpoch, ofAttempt);
    count(isCurrent || ahead().keep(read, ofAttempt));
    return isCurrent;
  }

  /** Counts an input that was ignored. */
  private void count(boolean isAwaited) {
    if (!isAwaited) {
      ignored++;
    }
  }

  private RunningEpoch epoch() {
    return Objects.requireNonNull(running, "running");
  }

  private void replied(ShardReply reply, Problem problem) {
    if (reply instanceof ShardReply.Opened opened) {
      opened(opened);
    } else if (reply instanceof ShardReply.Done done) {
      done(done);
    } else if (reply instanceof ShardReply.Page page) {
      count(running != null && requests.arrived(running, page));
    } else if (reply instanceof ShardReply.NotOpened notOpened) {
      notOpened(notOpened);
    } else if (reply instanceof ShardReply.Parked || reply instanceof ShardReply.GroupsRead) {
      count(relayed.answered(reply));
    } else if (reply instanceof ShardReply.ParksRequested requested) {
      parksRequested(requested);
    } else if (reply instanceof ShardReply.Failed failed) {
      failed(failed, problem);
    } else {
      throw new AssertionError("unhandled " + reply.getClass());
    }
  }

  private void parksRequested(ShardReply.ParksRequested reply) {
    boolean isAwaited = relayed.answered(reply);
    count(isAwaited);
    if (isAwaited) {
      table.mayBeDue(reply.shard(), reply.due());
      goOn();
    }
  }

  private void opened(ShardReply.Opened reply) {
    RunningEpoch epoch = running;
    if (reply.incarnation() != incarnation || !table.isNews(reply)) {
      ignored++;
      return;
    }
    if (epoch != null && table.isOpen(reply.shard())) {
      // The former activation had stopped before its report arrived.
      epoch.lost(reply.shard());
    }
    table.opened(reply, query.now());
    sinkCommit.reopened(reply.shard());
    relayed.reopened(reply.shard());
    if (!table.areAllOpen()) {
      return;
    }
    if (!isReady) {
      ready();
    } else if (epoch != null && epoch.isLost()) {
      runAgain(epoch);
    } else {
      goOn();
    }
  }

  /** Lets the operator begin that waits for its shards; if none does, perhaps the next epoch. */
  private void goOn() {
    RunningEpoch epoch = running;
    if (epoch != null && isBlocked) {
      runOperator(epoch);
    } else {
      sequence.wakeUp();
    }
  }

  private void done(ShardReply.Done reply) {
    if (sinkCommit.take(reply)) {
      return;
    }
    RunningEpoch epoch = running;
    if (epoch == null || !epoch.take(reply)) {
      ignored++;
      return;
    }
    table.done(reply);
    if (epoch.isComplete()) {
      operatorDone(epoch);
    }
  }

  private void pageTaken(QueryInput.PageTaken taken) {
    RunningEpoch epoch = running;
    boolean isCurrent = epoch != null && epoch.is(taken.epoch(), taken.attempt());
    count(isCurrent);
    if (epoch != null && isCurrent) {
      requests.pageTaken(epoch, taken.shard());
    }
  }

  private void notOpened(ShardReply.NotOpened reply) {
    RunningEpoch epoch = running;
    if (!isAwaited(reply.shard(), reply.fence())) {
      ignored++;
      return;
    }
    table.closed(reply.shard());
    if (epoch != null) {
      epoch.lost(reply.shard());
    }
    open(reply.shard());
  }

  private boolean isAwaited(int shard, Fence fence) {
    RunningEpoch epoch = running;
    boolean isOfEpoch = epoch != null && epoch.isAwaited(shard, fence);
    return isOfEpoch || relayed.isAwaited(shard, fence) || sinkCommit.isAwaited(shard, fence);
  }

  private void failed(ShardReply.Failed reply, Problem problem) {
    RunningEpoch epoch = running;
    Fence fence = reply.fence();
    if (fence != null && !isAwaited(reply.shard(), fence)) {
      ignored++;
      return;
    }
    query.fail(setup.failureText(reply, epoch == null ? null : epoch.plan()), problem.id());
  }

  /** Runs an epoch again from its plan, as a shard has lost what it was given. */
  private void runAgain(RunningEpoch epoch) {
    isBlocked = false;
    recovering = true;
    epoch.discard(effects);
    EpochPlan next = ahead().abandon();
    if (next != null) {
      effects.discard(next.epoch(), ahead().attempt());
    }
    read(epoch.plan());
  }

  private void runOperator(RunningEpoch epoch) {
    if (epoch.isAtSink()) {
      requests.initial(Set.of());
      query.atSink();
      step(epoch, Step.SINK);
      epoch.write(effects, query.ranges());
      return;
    }
    step(epoch, Step.OPERATOR);
    isBlocked = !table.areAllOpen() || requests.mustWait(epoch);
    if (isBlocked) {
      return;
    }
    requests.ask(epoch, recovering, sequence.isBeginOfRun());
    if (epoch.isComplete()) {
      operatorDone(epoch);
    }
  }

  private void operatorDone(RunningEpoch epoch) {
    if (epoch.nextOperator(shards)) {
      step(epoch, Step.ROUTING);
      effects.routeRows(epoch.plan().epoch(), epoch.attempt(), epoch.operator() - 1);
    } else {
      runOperator(epoch);
    }
  }

  private void written() {
    RunningEpoch epoch = epoch();
    if (!epoch.isWritten()) {
      return;
    }
    if (epoch.lacksRows()) {
      runAgain(epoch);
      return;
    }
    running = null;
    recovering = false;
    epoch.discard(effects);
    sequence.written(epoch, epoch.rowsWritten());
  }
}

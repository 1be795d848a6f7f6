package io.vellamo.engine.protocol.query;

import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.query.QueryMachine.State;
import io.vellamo.engine.protocol.query.RunningEpoch.Step;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that can occur, given the requested effects: each effect has one outcome, and shards
 * reply only after they were started.
 *
 * <p>Outcomes of attempts that were abandoned, and replies of earlier activations of a shard, can
 * occur at any time; the machine ignores them.
 */
final class PossibleInputs {
  private PossibleInputs() {}

  /** Returns whether a query that has not stopped can get an input. */
  static boolean contain(QueryInput input, QueryMachine query) {
    State state = query.state();
    if (input instanceof QueryInput.Recovered) {
      return state == State.RECOVERING;
    }
    if (input instanceof QueryInput.Journaled) {
      return query.isJournaling();
    }
    if (input instanceof QueryInput.Opened || input instanceof QueryInput.OpenFailed) {
      return state == State.OPENING && !query.retries().isWaiting(CallRetries.QUERY);
    }
    if (isOfShard(input)) {
      return state.compareTo(State.STARTING) >= 0;
    }
    return isOfUser(input) || (state.compareTo(State.STARTING) > 0 && isOutcome(input, query));
  }

  /** Returns whether an input has to wait for the journal, or for the sink to commit an epoch. */
  static boolean mustWait(QueryInput input, QueryMachine query) {
    if (query.state() == State.RECOVERING) {
      return !(input instanceof QueryInput.Recovered);
    }
    if (query.isJournaling()) {
      return !(input instanceof QueryInput.Journaled);
    }
    // Users don't wait for the end of an outage.
    return query.isCommitting()
        && !concernsCommit(input)
        && !(query.retries().isRangeWaiting() && isOfUser(input));
  }

  /**
   * Returns whether an input is taken while the sink commits an epoch: it answers, tells of a shard
   * whose rows may be needed, or that a failed commit may be due again.
   */
  private static boolean concernsCommit(QueryInput input) {
    return input instanceof QueryInput.RangeCommitted
        || input instanceof QueryInput.RangeLacks
        || input instanceof QueryInput.RangeWritten
        || input instanceof QueryInput.RangeFailed
        || input instanceof QueryInput.Failed
        || input instanceof QueryInput.Woken
        || isOfShard(input);
  }

  /** Returns whether an input may come at any time, as the query has not asked for it. */
  private static boolean isOfUser(QueryInput input) {
    return input instanceof QueryInput.Stop
        || input instanceof QueryInput.Failed
        || input instanceof QueryInput.Woken
        || input instanceof QueryInput.Requested;
  }

  private static boolean isOfShard(QueryInput input) {
    return input instanceof QueryInput.ShardLost
        || input instanceof QueryInput.ShardRestarted
        || (input instanceof QueryInput.ShardReplied replied
            // Only tests request digests, and not through the query.
            && !(replied.reply() instanceof ShardReply.Digested));
  }

  /** Returns whether an input is the outcome of an effect that is under way. */
  private static boolean isOutcome(QueryInput input, QueryMachine query) {
    RunningEpoch epoch = query.epochs().running();
    ReadAhead ahead = query.epochs().ahead();
    boolean isCalled = !query.retries().isWaiting(CallRetries.QUERY);
    if (input instanceof QueryInput.Offered || input instanceof QueryInput.OfferFailed) {
      return query.state() == State.ASKING && !ahead.isAwaited() && isCalled;
    }
    if (input instanceof QueryInput.OfferedAhead) {
      return ahead.isAsked();
    }
    if (input instanceof QueryInput.EpochRead read) {
      return isAwaitedOrStale(epoch, read.epoch(), read.attempt(), isCalled);
    }
    if (input instanceof QueryInput.ReadFailed failed) {
      return isAwaitedOrStale(epoch, failed.epoch(), failed.attempt(), isCalled);
    }
    if (input instanceof QueryInput.InitialStatesRead) {
      return epoch != null && epoch.step() == Step.INITIAL_STATES;
    }
    if (input instanceof QueryInput.PageTaken taken) {
      return epoch == null
          || !epoch.is(taken.epoch(), taken.attempt())
          || epoch.pages().isUnderWay(taken.shard(), taken.number());
    }
    if (input instanceof QueryInput.RowsRouted routed) {
      return epoch != null
          && epoch.step() == Step.ROUTING
          && epoch.is(routed.epoch(), routed.attempt());
    }
    if (input instanceof QueryInput.SinkWritten written) {
      return epoch != null
          && epoch.awaitsSink()
          && epoch.plan().epoch() == written.epoch()
          && isCalled;
    }
    if (input instanceof QueryInput.WriteFailed failed) {
      return epoch != null
          && epoch.awaitsSink()
          && epoch.plan().epoch() == failed.epoch()
          && isCalled;
    }
    if (input instanceof QueryInput.RangeWritten written) {
      return awaitsWrite(query, written.range(), written.epoch());
    }
    if (input instanceof QueryInput.RangeCommitted committed) {
      return awaitsCommit(query, committed.range(), committed.epoch());
    }
    if (input instanceof QueryInput.RangeLacks lacks) {
      return awaitsWrite(query, lacks.range(), lacks.epoch())
          || awaitsCommit(query, lacks.range(), lacks.epoch());
    }
    return input instanceof QueryInput.RangeFailed failed
        && (awaitsWrite(query, failed.range(), failed.epoch())
            || awaitsCommit(query, failed.range(), failed.epoch()));
  }

  private static boolean awaitsWrite(QueryMachine query, int range, long ofEpoch) {
    RunningEpoch epoch = query.epochs().running();
    boolean isAwaited =
        query.epochs().sinkCommit().awaitsWrite(range, ofEpoch)
            || (epoch != null && epoch.awaitsRange(range) && epoch.plan().epoch() == ofEpoch);
    return isAwaited && !query.retries().isWaiting(range);
  }

  private static boolean awaitsCommit(QueryMachine query, int range, long ofEpoch) {
    return query.epochs().sinkCommit().awaitsCommit(range, ofEpoch)
        && !query.retries().isWaiting(range);
  }

  private static boolean isAwaitedOrStale(
      @Nullable RunningEpoch epoch, long read, long attempt, boolean isCalled) {
    boolean isAwaited = epoch != null && epoch.step() == Step.READING && isCalled;
    return epoch == null || !epoch.is(read, attempt) || isAwaited;
  }
}

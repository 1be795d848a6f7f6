package io.vellamo.actors;

import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.Decision;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochPlanner;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.epoch.RunSoFar;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.NextDue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The epoch behind the one that runs, planned and read while that one is still called, written and
 * committed.
 *
 * <p>Its plan follows from what the epoch in front has read; it is written down only with the
 * commit of that epoch, and until then nobody learns what came of it, not even of a failure. If the
 * epoch in front does not come to its commit, this one has never been.
 *
 * <p>Only behind an epoch that was as large as epochs may be: there is more to read for certain.
 * Otherwise the next epoch would get the few events that have just come, and those that come until
 * its turn would wait for another.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class ReadAhead {
  private enum Phase {
    /** No epoch is read ahead. */
    NOTHING,
    /** The source is asked what it offers behind the epoch that runs. */
    ASKING,
    /** The same, and the epoch in front waits for nothing else. */
    AWAITED,
    /** The epoch is planned, and read or routed. */
    PLANNED
  }

  private final QuerySpec spec;
  private Phase phase = Phase.NOTHING;
  private long most;
  private @Nullable QueryLedger before;
  private @Nullable EpochPlan plan;
  private @Nullable RoutedEpoch routed;
  private @Nullable Throwable failure;

  ReadAhead(QuerySpec spec) {
    this.spec = spec;
  }

  /** Returns whether the epoch behind one that is full can be known before that one is over. */
  boolean isPossible() {
    Trigger trigger = spec.plan().trigger();
    // Rows between operators move watermarks only later; a trigger of a moment waits for it.
    boolean isKnown = spec.operators().size() <= 1;
    boolean mayFollow = trigger == Trigger.asap() || (trigger.ends() && trigger != Trigger.once());
    return isKnown && mayFollow;
  }

  /**
   * The source will be asked.
   *
   * @param ledger what is committed before the epoch that runs
   * @param commit the commit of that epoch, as far as its successor depends on it
   * @param mostEvents the most events the source is asked for
   * @return what the source is to be asked behind
   */
  QueryLedger ask(QueryLedger ledger, EpochCommit commit, long mostEvents) {
    phase = Phase.ASKING;
    most = mostEvents;
    before = ledger.committed(commit);
    return before;
  }

  /**
   * The source has answered, and the epoch in front is still on its way.
   *
   * @param offered what it offers; null if it could not be asked, which is found again in its turn
   * @return the epoch to read, or null if there is none
   */
  @Nullable EpochPlan answered(
      @Nullable List<OffsetRange> offered, EpochPlanner planner, RunSoFar run, long nowMillis) {
    QueryLedger known = Objects.requireNonNull(before);
    forget();
    if (offered != null
        && !offered.isEmpty()
        && planner.next(known, run, offered, NextDue.NEVER, nowMillis)
            instanceof Decision.Run next) {
      phase = Phase.PLANNED;
      plan = next.plan();
    }
    return plan;
  }

  /** The epoch in front is at its sink; returns whether the source has still to answer. */
  boolean await() {
    if (phase != Phase.ASKING) {
      return false;
    }
    phase = Phase.AWAITED;
    return true;
  }

  /** Returns whether the answer that has come was awaited; then the source may be asked anew. */
  boolean wasAwaited() {
    if (phase != Phase.AWAITED) {
      return false;
    }
    forget();
    return true;
  }

  /** Returns the most events the source was last asked for. */
  long most() {
    return most;
  }

  /** Returns the epoch that is read ahead, or null if there is none. */
  @Nullable EpochPlan plan() {
    return plan;
  }

  /** Keeps an epoch until its turn; returns false if its turn has come. */
  boolean keep(RoutedEpoch read) {
    if (phase != Phase.PLANNED) {
      return false;
    }
    routed = read;
    return true;
  }

  /** Keeps a failure until its turn; returns false if its turn has come. */
  boolean keep(Throwable why) {
    if (phase != Phase.PLANNED) {
      return false;
    }
    failure = why;
    return true;
  }

  /**
   * The epoch's turn has come: its plan is written down.
   *
   * @return what is known of it already; null if it is still read, and will be told of
   */
  @Nullable QueryCommand take() {
    QueryCommand known = null;
    if (failure != null) {
      known = new QueryCommand.ReadingFailed(failure);
    } else if (routed != null) {
      known = new QueryCommand.Routed(routed);
    }
    forget();
    return known;
  }

  private void forget() {
    phase = Phase.NOTHING;
    before = null;
    plan = null;
    routed = null;
    failure = null;
  }
}

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
 * The epoch after the one that runs, planned and read while the running one is still processed,
 * written and committed.
 *
 * <p>Its plan follows from what the preceding epoch has read. The plan is journaled only with the
 * commit of that epoch; until then the events that are read, or a failure to read them, are kept
 * here. If the preceding epoch never commits, this one is discarded.
 *
 * <p>An epoch is read ahead only after a full one, when there is probably more to read. Otherwise
 * it would get the few events that have just come, and those that come until its turn would wait
 * for another epoch.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class ReadAhead {
  private enum Phase {
    /** No epoch is read ahead. */
    NOTHING,
    /** The source is asked what it offers after the epoch that runs. */
    ASKING,
    /** The source is still asked, and the preceding epoch waits for nothing else. */
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

  /** Returns whether the epoch after a full one can be planned before the full one is over. */
  boolean isPossible() {
    Trigger trigger = spec.plan().trigger();
    // Rows between operators move watermarks only later; a timed trigger waits for its moment.
    boolean isKnown = spec.operators().size() <= 1;
    boolean mayFollow = trigger == Trigger.asap() || (trigger.ends() && trigger != Trigger.once());
    return isKnown && mayFollow;
  }

  /**
   * Notes that the source is asked for the epoch after the one that runs.
   *
   * @param ledger what is committed before the epoch that runs
   * @param commit the commit of that epoch, as far as its successor depends on it
   * @param mostEvents the most events the source is asked for
   * @return the ledger after the epoch that runs, from which the source continues
   */
  QueryLedger ask(QueryLedger ledger, EpochCommit commit, long mostEvents) {
    phase = Phase.ASKING;
    most = mostEvents;
    before = ledger.committed(commit);
    return before;
  }

  /**
   * Takes the source's answer while the preceding epoch still runs.
   *
   * @param offered what the source offers; null if asking failed, which is found again in the
   *     epoch's turn
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

  /**
   * Notes that the preceding epoch is at its sink; returns whether the source has yet to answer.
   */
  boolean await() {
    if (phase != Phase.ASKING) {
      return false;
    }
    phase = Phase.AWAITED;
    return true;
  }

  /** Returns whether the source's answer was awaited; if so, the source may be asked again. */
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
   * Takes the epoch when its turn has come: its plan is journaled.
   *
   * @return its outcome so far; null if it is still being read, and the outcome follows as a
   *     message
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

package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.Decision;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochPlanner;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.epoch.RunSoFar;
import io.vellamo.engine.shard.NextDue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The epoch after the one that runs, planned and read while the running one is still processed,
 * written and committed.
 *
 * <p>Its plan follows from what the preceding epoch has read. The plan is journaled only with the
 * commit of that epoch; until then the outcome of reading it is kept here. If the preceding epoch
 * is abandoned, so is this one.
 *
 * <p>An epoch is read ahead only after a full one, when there is probably more to read. Otherwise
 * it would get the few events that have just come, and those that come until its turn would wait
 * for another epoch.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class ReadAhead {
  /** How far the epoch has come. */
  enum Phase {
    /** No epoch is read ahead. */
    NOTHING,
    /** The source is asked what it offers after the epoch that runs. */
    ASKING,
    /** The source is still asked, and the preceding epoch waits for nothing else. */
    AWAITED,
    /** The source is still asked, and its answer is no longer needed. */
    ABANDONED,
    /** The epoch is planned, and read. */
    PLANNED
  }

  private final boolean isPossible;
  private Phase phase = Phase.NOTHING;
  private long most;
  private @Nullable QueryLedger before;
  private @Nullable EpochPlan plan;
  private long attempt;
  private @Nullable QueryInput outcome;

  ReadAhead(QuerySetup setup) {
    Trigger trigger = setup.trigger();
    // Rows between operators move watermarks only later; a timed trigger waits for its moment.
    boolean isKnown = setup.operators() <= 1;
    boolean mayFollow = trigger == Trigger.asap() || (trigger.ends() && trigger != Trigger.once());
    isPossible = isKnown && mayFollow;
  }

  /** Returns whether the source can be asked for the epoch after the one that runs. */
  boolean isPossible() {
    return isPossible && phase == Phase.NOTHING;
  }

  Phase phase() {
    return phase;
  }

  /** Returns whether the source has yet to answer. */
  boolean isAsked() {
    return phase == Phase.ASKING || phase == Phase.AWAITED || phase == Phase.ABANDONED;
  }

  /** Returns whether the query waits for nothing but the source's answer. */
  boolean isAwaited() {
    return phase == Phase.AWAITED;
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
   * @param offered what the source offers
   * @param attemptToRead identifies the attempt to read the epoch
   * @return the epoch to read, or null if there is none
   */
  @Nullable EpochPlan answered(
      List<OffsetRange> offered,
      EpochPlanner planner,
      RunSoFar run,
      long nowMillis,
      long attemptToRead) {
    QueryLedger known = Objects.requireNonNull(before);
    forget();
    if (!offered.isEmpty()
        && planner.next(known, run, offered, NextDue.NEVER, nowMillis)
            instanceof Decision.Run next) {
      phase = Phase.PLANNED;
      plan = next.plan();
      attempt = attemptToRead;
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

  /** Abandons the epoch, since the preceding one was abandoned; returns its plan, if it has one. */
  @Nullable EpochPlan abandon() {
    EpochPlan abandoned = plan;
    boolean isAsked = phase == Phase.ASKING || phase == Phase.ABANDONED;
    forget();
    phase = isAsked ? Phase.ABANDONED : Phase.NOTHING;
    return abandoned;
  }

  /** Returns the most events the source was last asked for. */
  long most() {
    return most;
  }

  /** Returns the epoch that is read ahead, or null if there is none. */
  @Nullable EpochPlan plan() {
    return plan;
  }

  /** Returns the attempt to read it. */
  long attempt() {
    return attempt;
  }

  /** Keeps the outcome of reading the epoch until its turn; returns false if it is another one. */
  boolean keep(QueryInput read, long ofAttempt) {
    if (phase != Phase.PLANNED || attempt != ofAttempt || outcome != null) {
      return false;
    }
    outcome = read;
    return true;
  }

  /**
   * Takes the epoch when its turn has come: its plan is journaled.
   *
   * @return the outcome of reading it; null if it is still being read
   */
  @Nullable QueryInput take() {
    QueryInput known = outcome;
    forget();
    return known;
  }

  void forget() {
    phase = Phase.NOTHING;
    before = null;
    plan = null;
    outcome = null;
  }
}

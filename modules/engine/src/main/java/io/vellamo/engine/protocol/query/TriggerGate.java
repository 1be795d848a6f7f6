package io.vellamo.engine.protocol.query;

import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.time.TriggerSchedule;
import org.jspecify.annotations.Nullable;

/**
 * The gate that holds back the next epoch until its trigger's moment.
 *
 * <p><b>Time</b> The moments of a trigger are those of the clock. The gate is closed for at most
 * one interval of elapsed time, however the clock is set meanwhile.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class TriggerGate {
  private final TriggerSchedule schedule;
  private final @Nullable Long pollMillis;

  // From the first firing of a timed trigger on: when it fired and the gate opens, by the clock,
  // and when it opens at the latest, by elapsed time.
  private boolean hasFired;
  private long firedMillis;
  private long opensMillis;
  private long opensMonotonicMillis;

  TriggerGate(QuerySetup setup) {
    this.schedule = TriggerSchedule.of(setup.trigger());
    this.pollMillis = setup.pollMillis();
  }

  boolean isClosed(Now now) {
    return closedMillis(now) > 0;
  }

  /** Fires the trigger: the gate closes until the next moment of its schedule. */
  void fire(Now now) {
    if (schedule.isTimed()) {
      opensMonotonicMillis = Long.MAX_VALUE;
      hasFired = true;
      close(now);
    }
  }

  private void close(Now now) {
    firedMillis = now.wallMillis();
    opensMillis = schedule.nextMillis(firedMillis);
    long latest = now.monotonicMillis() + (opensMillis - firedMillis);
    opensMonotonicMillis = Math.min(opensMonotonicMillis, latest);
  }

  /** Returns how long the gate stays closed; not positive if it is open. */
  long closedMillis(Now now) {
    if (!hasFired) {
      return 0;
    }
    if (now.wallMillis() < firedMillis) {
      // The clock was set back: its next moment is at most one interval away.
      close(now);
    }
    return Math.min(opensMillis - now.wallMillis(), opensMonotonicMillis - now.monotonicMillis());
  }

  /**
   * Returns when an idle query has to be woken: a timer is due, or a source has to be polled; null
   * if there is neither.
   *
   * @param dueMillis how long until a timer is due; null if there is none
   */
  @Nullable Long idleMillis(Now now, @Nullable Long dueMillis) {
    if (pollMillis == null) {
      return dueMillis;
    }
    long askMillis = Math.max(closedMillis(now), pollMillis);
    return Long.valueOf(dueMillis == null ? askMillis : Math.min(askMillis, dueMillis));
  }
}

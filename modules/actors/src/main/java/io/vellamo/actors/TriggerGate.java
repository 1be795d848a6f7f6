package io.vellamo.actors;

import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.TriggerSchedule;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gate that holds back the next epoch until its trigger's moment. It also wakes the query at
 * that moment, for a due timer, and to poll a source that doesn't signal.
 *
 * <p><b>Time</b> The moments of a trigger are those of the clock. The gate is closed for at most
 * one interval of elapsed time, however the clock is set meanwhile.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class TriggerGate {
  private final QuerySpec spec;
  private final QueryClock clock;
  private final QueryResources resources;
  private final WakeSignal wakeSignal;
  private final TriggerSchedule schedule;

  // From the first firing of a timed trigger on: when it fired and the gate opens, by the clock,
  // and when it opens at the latest, by elapsed time.
  private boolean hasFired;
  private long firedMillis;
  private long opensMillis;
  private long opensMonotonicMillis;

  TriggerGate(QuerySpec spec, QueryResources resources, WakeSignal wakeSignal) {
    this.spec = spec;
    this.clock = spec.clock();
    this.resources = resources;
    this.wakeSignal = wakeSignal;
    this.schedule = TriggerSchedule.of(spec.plan().trigger());
  }

  boolean isClosed() {
    return closedMillis() > 0;
  }

  /** Fires the trigger: the gate closes until the next moment of its schedule. */
  void fire() {
    if (schedule.isTimed()) {
      opensMonotonicMillis = Long.MAX_VALUE;
      hasFired = true;
      close();
    }
  }

  private void close() {
    firedMillis = clock.millis();
    opensMillis = schedule.nextMillis(firedMillis);
    long latest = clock.monotonicMillis() + (opensMillis - firedMillis);
    opensMonotonicMillis = Math.min(opensMonotonicMillis, latest);
  }

  /** Returns how long the gate stays closed; not positive if it is open. */
  private long closedMillis() {
    if (!hasFired) {
      return 0;
    }
    if (clock.millis() < firedMillis) {
      // The clock was set back: its next moment is at most one interval away.
      close();
    }
    return Math.min(opensMillis - clock.millis(), opensMonotonicMillis - clock.monotonicMillis());
  }

  /** Wakes the query when the gate opens. */
  void wakeAtOpening() {
    wakeAfter(closedMillis());
  }

  /**
   * Wakes an idle query when a timer is due or a source has to be polled; never if there is
   * neither.
   *
   * @param dueMillis how long until a timer is due; null if there is none
   */
  void wakeWhenDue(@Nullable Long dueMillis) {
    Optional<Duration> poll = spec.names().pollInterval();
    if (poll.isPresent()) {
      long askMillis = Math.max(closedMillis(), Millis.of(poll.get()));
      wakeAfter(dueMillis == null ? askMillis : Math.min(askMillis, dueMillis));
    } else if (dueMillis != null) {
      wakeAfter(dueMillis);
    } else {
      resources.wakeUp(null);
    }
  }

  private void wakeAfter(long millis) {
    // The clock may run the task at once, on this thread, so the old wake-up is closed first.
    resources.wakeUp(null);
    resources.wakeUp(clock.wakeAt(clock.instant().plusMillis(Math.max(0, millis)), wakeSignal));
  }
}

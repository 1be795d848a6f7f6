package io.vellamo.actors;

import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.time.TriggerSchedule;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the next epoch back until its trigger's moment, and wakes the query for all that comes with
 * time: that moment, a due timer, a look at a source that doesn't signal.
 *
 * <p><b>Time</b> The moments of a trigger are the clock's. The gate is closed for at most an
 * interval of time that passes, however the clock is set meanwhile.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class TriggerGate {
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private final QuerySpec spec;
  private final QueryClock clock;
  private final QueryResources resources;
  private final WakeSignal wakeSignal;
  private final TriggerSchedule schedule;

  // From the first firing of a timed trigger on: when it fired and the gate opens, by the clock,
  // and when it opens at the latest, by time that passes.
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

  /** The trigger fires: the gate closes until the next moment of its schedule. */
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
      // The clock was set back: its next moment is no farther than an interval.
      close();
    }
    return Math.min(opensMillis - clock.millis(), opensMonotonicMillis - clock.monotonicMillis());
  }

  /** Wakes the query when the gate opens. */
  void wakeAtOpening() {
    wakeAfter(closedMillis());
  }

  /**
   * Wakes an idle query, when a timer is due or the source is to be asked again; perhaps never.
   *
   * @param dueMillis how long until a timer is due; null if there is none
   */
  void wakeWhenDue(@Nullable Long dueMillis) {
    Optional<Duration> poll = spec.names().pollInterval();
    if (poll.isPresent()) {
      long askMillis = Math.max(closedMillis(), millis(poll.get()));
      wakeAfter(dueMillis == null ? askMillis : Math.min(askMillis, dueMillis));
    } else if (dueMillis != null) {
      wakeAfter(dueMillis);
    } else {
      resources.wakeUp(null);
    }
  }

  private static long millis(Duration interval) {
    return interval.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : interval.toMillis();
  }

  private void wakeAfter(long millis) {
    // The clock may run the task at once, on this thread: nothing may be left to replace then.
    resources.wakeUp(null);
    resources.wakeUp(clock.wakeAt(clock.instant().plusMillis(Math.max(0, millis)), wakeSignal));
  }
}

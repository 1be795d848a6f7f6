package io.vellamo.actors;

import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.TriggerSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the next epoch back until its trigger's moment, and wakes the query for all that comes with
 * time: that moment, a due timer, a look at a source that doesn't signal.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class TriggerGate {
  private static final long ANY_TIME = Long.MIN_VALUE;

  private final QuerySpec spec;
  private final QueryResources resources;
  private final WakeSignal wakeSignal;
  private final TriggerSchedule schedule;
  private long opensMillis = ANY_TIME;

  TriggerGate(QuerySpec spec, QueryResources resources, WakeSignal wakeSignal) {
    this.spec = spec;
    this.resources = resources;
    this.wakeSignal = wakeSignal;
    this.schedule = TriggerSchedule.of(spec.plan().trigger());
  }

  boolean isClosed() {
    return opensMillis != ANY_TIME && spec.clock().millis() < opensMillis;
  }

  /** The trigger fires: the gate closes until the next moment of its schedule. */
  void fire() {
    if (schedule.isTimed()) {
      opensMillis = schedule.nextMillis(spec.clock().millis());
    }
  }

  /** Wakes the query when the gate opens. */
  void wakeAtOpening() {
    wakeAt(opensMillis);
  }

  /** Wakes an idle query, when a timer is due or the source is to be asked again; perhaps never. */
  void wakeWhenDue(@Nullable Long dueMillis) {
    Optional<Duration> poll = spec.names().pollInterval();
    if (poll.isPresent()) {
      long askMillis =
          Math.max(opensMillis, Millis.plus(spec.clock().millis(), Millis.of(poll.get())));
      wakeAt(dueMillis == null ? askMillis : Math.min(askMillis, dueMillis));
    } else if (dueMillis != null) {
      wakeAt(dueMillis);
    } else {
      resources.wakeUp(null);
    }
  }

  private void wakeAt(long millis) {
    // The clock may run the task at once, on this thread: nothing may be left to replace then.
    resources.wakeUp(null);
    resources.wakeUp(spec.clock().wakeAt(Instant.ofEpochMilli(millis), wakeSignal));
  }
}

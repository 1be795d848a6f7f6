package io.vellamo.testkit;

import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Millis;
import java.util.List;

/**
 * An epoch of the run as written, which the other modes repeat.
 *
 * @param step its place in the script
 * @param times its clocks
 * @param events the events that were not late
 * @param outcome its effects
 */
record WrittenEpoch(
    ScriptStep step, EpochTimes times, List<ScriptedEvent> events, EpochOutcome outcome) {
  /**
   * Returns whether the epoch must be neither split nor joined. The effect of an event that is
   * older than the watermark but not late depends on the other events of its call.
   */
  boolean isWhole() {
    return events.stream()
        .anyMatch(
            event -> event.time() != null && times.watermark().isLate(Millis.of(event.time())));
  }

  /** Returns whether the next epoch could have been part of this one. */
  boolean isOneWith(WrittenEpoch next) {
    return times.processingTimeMillis() == next.times.processingTimeMillis()
        && times.watermark().equals(next.times.watermark())
        && !outcome.hasTimeouts()
        && !isWhole()
        && !next.isWhole();
  }
}

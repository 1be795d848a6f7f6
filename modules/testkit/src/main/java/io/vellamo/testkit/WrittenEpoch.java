package io.vellamo.testkit;

import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Millis;
import java.util.List;

/**
 * An epoch as the script wrote it, for the other modes to repeat.
 *
 * @param step where it is in the script
 * @param times its clocks
 * @param events the events that were not late
 * @param outcome what it did
 */
record WrittenEpoch(
    ScriptStep step, EpochTimes times, List<ScriptedEvent> events, EpochOutcome outcome) {
  /**
   * Returns whether the epoch has to stay as it is: an event older than its watermark, which the
   * late watermark has let through, is closed at once or not depending on what comes with it.
   */
  boolean isWhole() {
    return events.stream()
        .anyMatch(
            event -> event.time() != null && times.watermark().isLate(Millis.of(event.time())));
  }

  /** Returns whether another epoch right behind could have been part of this one. */
  boolean isOneWith(WrittenEpoch next) {
    return times.processingTimeMillis() == next.times.processingTimeMillis()
        && times.watermark().equals(next.times.watermark())
        && !outcome.hasTimeouts()
        && !isWhole()
        && !next.isWhole();
  }
}

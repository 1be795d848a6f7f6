package io.vellamo.testkit;

import io.vellamo.engine.time.EpochTimes;
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
  /** Returns whether another epoch right behind could have been part of this one. */
  boolean isOneWith(WrittenEpoch next) {
    return times.processingTimeMillis() == next.times.processingTimeMillis()
        && times.watermark().equals(next.times.watermark())
        && !outcome.hasTimeouts();
  }
}

package io.vellamo.engine.aggregate;

import io.vellamo.engine.time.Watermark;

/** The rule for which events are too late for an operator. */
@FunctionalInterface
public interface LateRule {
  /** Events before the watermark. */
  LateRule BEFORE_WATERMARK = (event, millis, watermark) -> watermark.isLate(millis);

  /** No events. */
  LateRule NEVER = (event, millis, watermark) -> false;

  /**
   * Returns whether an event is late.
   *
   * @param event the event
   * @param millis its event time
   * @param watermark the watermark of the preceding epoch
   */
  boolean isLate(Object event, long millis, Watermark watermark);
}

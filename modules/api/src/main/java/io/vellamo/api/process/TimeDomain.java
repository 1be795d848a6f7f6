package io.vellamo.api.process;

/**
 * A clock that timers and expiries follow. Both clocks stand still during an epoch.
 *
 * @since 0.1
 */
public enum TimeDomain {
  /** The watermark, which follows the event times of the events. */
  EVENT_TIME,
  /** The time at which the epoch was planned. It never decreases. */
  PROCESSING_TIME
}

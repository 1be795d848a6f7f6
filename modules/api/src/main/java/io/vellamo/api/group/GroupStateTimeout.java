package io.vellamo.api.group;

/**
 * The clock that a group's timeout runs on.
 *
 * <p>A timeout is opt-in, one a group, cleared by every call of the function unless set again in
 * that call, and fires at most once. The names follow Spark's {@code GroupStateTimeout}.
 *
 * @since 0.1
 */
public enum GroupStateTimeout {
  /** No timeouts: setting one is an error, and no event is dropped as late. */
  NONE,

  /**
   * Timeouts in processing time.
   *
   * <p><b>Time</b> A timeout fires in the first epoch whose processing time is greater than it. No
   * event is dropped as late. Unlike Spark, an epoch without data runs only when a timeout is due.
   */
  PROCESSING_TIME,

  /**
   * Timeouts in event time; needs {@code withWatermark} in front.
   *
   * <p><b>Time</b> A timeout fires in the first epoch whose watermark is greater than it. Events
   * older than the watermark of the epoch before are late and dropped.
   */
  EVENT_TIME
}

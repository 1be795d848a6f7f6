package io.vellamo.api.group;

/**
 * The clock of a group's timeouts.
 *
 * <p>A group has at most one timeout. Every call of the function clears it unless the call sets it
 * again, and it fires at most once. The names follow Spark's {@code GroupStateTimeout}.
 *
 * @since 0.1
 */
public enum GroupStateTimeout {
  /** No timeouts. Setting one is an error, and no event is dropped as late. */
  NONE,

  /**
   * Timeouts in processing time.
   *
   * <p><b>Time</b> A timeout fires in the first epoch whose processing time is greater than it. No
   * event is dropped as late. Unlike in Spark, an epoch without data runs only when a timeout is
   * due.
   */
  PROCESSING_TIME,

  /**
   * Timeouts in event time. Requires {@code withWatermark} upstream.
   *
   * <p><b>Time</b> A timeout fires in the first epoch whose watermark is greater than it. Events
   * with an event time before the watermark of the preceding epoch are late and dropped.
   */
  EVENT_TIME
}

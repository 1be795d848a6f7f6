package io.vellamo.engine.time;

import org.jspecify.annotations.Nullable;

/**
 * A summary of the event times that an epoch saw at one watermark.
 *
 * @param events the number of events that had an event time
 * @param future the number of them that were too far ahead to move the watermark
 * @param newest the largest event time that moves the watermark, or null if there was none
 */
public record SeenTimes(long events, long future, @Nullable NewestEventTime newest) {
  /** No event times. */
  public static final SeenTimes NONE = new SeenTimes(0, 0, null);
}

package io.vellamo.api.sink;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An event that arrived too late to be processed, with the watermark it was compared with.
 *
 * @param event the event as it reached the stateful operator
 * @param eventTime the event time
 * @param watermark the watermark, which is after the event time
 * @since 0.1
 */
public record LateEvent(Object event, Instant eventTime, Instant watermark) {
  public LateEvent {
    requireNonNull(event, "event");
    requireNonNull(eventTime, "eventTime");
    requireNonNull(watermark, "watermark");
  }

  /** Returns the two times. The event is omitted so that it can't reach a log. */
  @Override
  public String toString() {
    return "LateEvent[" + eventTime + " before " + watermark + "]";
  }
}

package io.vellamo.api.sink;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An event that came too late to be processed, with what it was compared to.
 *
 * @param event the event as it reached the stateful operator
 * @param eventTime when it happened
 * @param watermark the watermark it is older than
 * @since 0.1
 */
public record LateEvent(Object event, Instant eventTime, Instant watermark) {
  public LateEvent {
    requireNonNull(event, "event");
    requireNonNull(eventTime, "eventTime");
    requireNonNull(watermark, "watermark");
  }

  /** Names the two times; the event itself stays out, so that it can't reach a log. */
  @Override
  public String toString() {
    return "LateEvent[" + eventTime + " before " + watermark + "]";
  }
}

package io.vellamo.connectors.rate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An event of a {@link RateSource}.
 *
 * @param value the event's number, which increases by one from event to event
 * @param timestamp the event time
 * @since 0.1
 */
public record RateEvent(long value, Instant timestamp) {
  public RateEvent {
    requireNonNull(timestamp, "timestamp");
  }
}

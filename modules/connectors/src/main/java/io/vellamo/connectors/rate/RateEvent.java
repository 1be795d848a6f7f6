package io.vellamo.connectors.rate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An event of a {@link RateSource}.
 *
 * @param value rises by one from event to event
 * @param timestamp the moment that the event stands for
 * @since 0.1
 */
public record RateEvent(long value, Instant timestamp) {
  public RateEvent {
    requireNonNull(timestamp, "timestamp");
  }
}

package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The event times of one epoch, as returned by the functions of {@code withWatermark}.
 *
 * @param min the earliest; empty if no event had an event time
 * @param max the latest, future events included
 * @param average the mean, with millisecond precision
 * @param future the number of events further ahead of the processing time than {@code
 *     maxFutureSkew} allows; they don't move the watermark
 * @since 0.1
 */
public record EventTimeStats(
    Optional<Instant> min, Optional<Instant> max, Optional<Instant> average, long future)
    implements JsonReport {
  /** No event times. */
  public static final EventTimeStats NONE =
      new EventTimeStats(Optional.empty(), Optional.empty(), Optional.empty(), 0);

  public EventTimeStats {
    requireNonNull(min, "min");
    requireNonNull(max, "max");
    requireNonNull(average, "average");
  }
}

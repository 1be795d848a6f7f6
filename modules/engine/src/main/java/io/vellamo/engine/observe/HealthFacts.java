package io.vellamo.engine.observe;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryStatus;
import io.vellamo.api.query.WatermarkReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts that decide about a query's health.
 *
 * @param at the time of the check
 * @param isEnded whether the run has ended
 * @param failure why it has failed; empty if it has not
 * @param status the status, with an outage and long calls
 * @param busyFor how long ago the query was last idle or last committed an epoch; null if it waits
 *     for input or its trigger
 * @param heldFor how long the watermark has stood since events arrived; null if it has moved since,
 *     or no events have arrived lately
 * @param watermark the position of the watermark
 * @param parked the number of parked groups
 */
public record HealthFacts(
    Instant at,
    boolean isEnded,
    Optional<StreamingQueryException> failure,
    StreamingQueryStatus status,
    @Nullable Duration busyFor,
    @Nullable Duration heldFor,
    Optional<WatermarkReport> watermark,
    long parked) {
  /** Checks the components. */
  public HealthFacts {
    requireNonNull(at, "at");
    requireNonNull(failure, "failure");
    requireNonNull(status, "status");
    requireNonNull(watermark, "watermark");
  }
}

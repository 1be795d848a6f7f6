package io.vellamo.engine.observe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The bounds of a query's health.
 *
 * @param noProgressAfter how long an epoch may take, and an outage last, before the query is
 *     unhealthy
 * @param watermarkHeldAfter how long the watermark may stand while events arrive
 */
public record HealthLimits(Duration noProgressAfter, Duration watermarkHeldAfter) {
  /** Checks the bounds. */
  public HealthLimits {
    requireNonNull(noProgressAfter, "noProgressAfter");
    requireNonNull(watermarkHeldAfter, "watermarkHeldAfter");
  }
}

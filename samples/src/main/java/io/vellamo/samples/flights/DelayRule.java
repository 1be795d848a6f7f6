package io.vellamo.samples.flights;

import java.time.Duration;

/**
 * The rule for which departures are reported.
 *
 * @param minDepartures the least number of departures in a window
 * @param delay the mean delay that must be exceeded
 */
record DelayRule(long minDepartures, Duration delay) {
  private static final double SECONDS_PER_MINUTE = 60;

  boolean isMetBy(long departures, double meanDelay) {
    return departures >= minDepartures && meanDelay > delay.toSeconds() / SECONDS_PER_MINUTE;
  }
}

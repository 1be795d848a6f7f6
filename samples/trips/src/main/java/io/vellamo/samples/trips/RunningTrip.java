package io.vellamo.samples.trips;

import org.jspecify.annotations.Nullable;

/**
 * A vehicle and the trip that it is on, if any.
 *
 * @param vehicle the vehicle's name
 * @param trip the trip that it is on; null if its last trip has ended
 */
public record RunningTrip(String vehicle, @Nullable OpenTrip trip) {
  static RunningTrip none(String vehicle) {
    return new RunningTrip(vehicle, null);
  }

  boolean hasEnded() {
    return trip == null;
  }
}

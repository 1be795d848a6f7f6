package io.vellamo.samples.trips;

import java.time.Instant;

/**
 * A trip that has not ended yet; the state of a vehicle.
 *
 * @param startTime the time of its first position
 * @param lastTime the time of its last position
 * @param positions the number of its positions
 * @param startKm what the odometer showed at its start
 * @param lastKm what the odometer showed last
 */
public record OpenTrip(
    Instant startTime, Instant lastTime, long positions, double startKm, double lastKm) {
  static OpenTrip of(Position first) {
    return new OpenTrip(first.time(), first.time(), 1, first.km(), first.km());
  }

  OpenTrip with(Position next) {
    return new OpenTrip(startTime, next.time(), positions + 1, startKm, next.km());
  }

  Trip ended(String vehicle) {
    double km = Math.round((lastKm - startKm) * 1000) / 1000.0;
    return new Trip(vehicle, startTime, lastTime, positions, km);
  }
}

package io.vellamo.samples.trips;

import java.time.Instant;

/**
 * The position of a vehicle on its way.
 *
 * @param vehicle the vehicle's name
 * @param km what its odometer shows
 * @param time when it was reported
 */
public record Position(String vehicle, double km, Instant time) {}

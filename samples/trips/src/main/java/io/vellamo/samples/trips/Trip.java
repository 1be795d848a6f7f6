package io.vellamo.samples.trips;

import java.time.Instant;

/**
 * A trip that has ended.
 *
 * @param vehicle the vehicle's name
 * @param startTime the time of its first position
 * @param endTime the time of its last position
 * @param positions the number of its positions
 * @param km its length
 */
public record Trip(String vehicle, Instant startTime, Instant endTime, long positions, double km) {}

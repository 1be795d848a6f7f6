package io.vellamo.samples.trips;

import io.vellamo.connectors.rate.RateEvent;
import java.time.Instant;
import java.util.Locale;

/**
 * Vehicles whose trips follow from a seed: in each period of 16 s, a vehicle drives for 4 to 12 s
 * and stands for the rest.
 *
 * @param count the number of vehicles, which report in turn
 * @param seed chooses how long they drive, and how fast
 */
record Fleet(int count, long seed) {
  private static final long PERIOD_MILLIS = 16_000;
  private static final long SHORTEST_MILLIS = 4_000;
  private static final long LONGEST_MILLIS = 12_000;
  private static final double SLOWEST_KM_PER_SECOND = 0.008;
  private static final double KM_PER_SECOND_STEP = 0.001;

  /** Returns whether the vehicle of an event is on a trip. */
  boolean isDriving(RateEvent event) {
    long vehicle = vehicle(event);
    long millis = millis(vehicle, event.timestamp());
    return millis % PERIOD_MILLIS < drivingMillis(vehicle, millis / PERIOD_MILLIS);
  }

  /** Returns the position that the vehicle of an event reports. */
  Position position(RateEvent event) {
    long vehicle = vehicle(event);
    long millis = millis(vehicle, event.timestamp());
    long period = millis / PERIOD_MILLIS;
    double speed = SLOWEST_KM_PER_SECOND + hash(vehicle, period * 2 + 1) % 20 * KM_PER_SECOND_STEP;
    double km = millis % PERIOD_MILLIS / 1000.0 * speed;
    return new Position(
        String.format(Locale.ROOT, "vehicle-%03d", vehicle),
        Math.round(km * 1000) / 1000.0,
        event.timestamp());
  }

  private long vehicle(RateEvent event) {
    return event.value() % count;
  }

  /** Returns a vehicle's own time: periods of different vehicles begin at different times. */
  private long millis(long vehicle, Instant time) {
    return time.toEpochMilli() + hash(vehicle, -1) % PERIOD_MILLIS;
  }

  private long drivingMillis(long vehicle, long period) {
    return SHORTEST_MILLIS + hash(vehicle, period * 2) % (LONGEST_MILLIS - SHORTEST_MILLIS);
  }

  /** Returns a number that looks random and is not negative, by the finalizer of SplitMix64. */
  private long hash(long vehicle, long number) {
    long z = seed * 0x9E3779B97F4A7C15L + vehicle * 0xD1B54A32D192ED03L + number;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 1;
  }
}

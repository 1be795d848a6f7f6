package io.vellamo.samples.flights;

/**
 * The buffer of a mean delay.
 *
 * @param departures the number of flights
 * @param minutes the sum of their delays
 */
record DelaySum(long departures, long minutes) {}

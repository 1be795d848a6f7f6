package io.vellamo.samples.flights;

import java.time.Instant;

/**
 * The departures from an airport in a window, a row of the sample.
 *
 * @param origin the airport's code
 * @param start the start of the window
 * @param end its end, exclusive
 * @param departures the number of flights that departed, at least one
 * @param meanDelay their mean delay, in minutes
 * @param alert whether they meet the rule for alerts
 */
public record Departures(
    String origin, Instant start, Instant end, long departures, double meanDelay, boolean alert) {}

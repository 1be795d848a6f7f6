/**
 * The sample that aggregates the departures of flights by airport and hour.
 *
 * <p>Read first: {@link io.vellamo.samples.flights.FlightWindows}, {@link
 * io.vellamo.samples.flights.Flight}.
 */
@NullMarked
package io.vellamo.samples.flights;

import org.jspecify.annotations.NullMarked;

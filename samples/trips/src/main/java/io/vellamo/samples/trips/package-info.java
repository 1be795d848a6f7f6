/**
 * The sample that reads positions of vehicles from Kafka and writes their trips to Cassandra.
 *
 * <p>Read first: {@link io.vellamo.samples.trips.TripQueries}, {@link
 * io.vellamo.samples.trips.FollowTrip}, {@link io.vellamo.samples.trips.Trips}.
 */
@NullMarked
package io.vellamo.samples.trips;

import org.jspecify.annotations.NullMarked;

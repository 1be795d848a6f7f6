package io.vellamo.samples.busiest;

import java.time.Instant;

/**
 * The events of an actor in a window, a row of the first processor.
 *
 * @param start the start of the window
 * @param actor the actor's login
 * @param events the number of its events, at least one
 */
public record ActorCount(Instant start, String actor, long events) {}

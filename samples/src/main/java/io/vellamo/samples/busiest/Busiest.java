package io.vellamo.samples.busiest;

import java.time.Instant;

/**
 * The busiest actor of a window, a row of the sample.
 *
 * @param start the start of the window
 * @param actor the actor with most events; of several, the one whose login is first
 * @param events the number of its events
 * @param actors the number of actors with events in the window
 */
public record Busiest(Instant start, String actor, long events, long actors) {
  /** Returns the result after a further actor of the same window. */
  Busiest with(ActorCount other) {
    boolean isBusier =
        other.events() > events || (other.events() == events && other.actor().compareTo(actor) < 0);
    return isBusier
        ? new Busiest(start, other.actor(), other.events(), actors + 1)
        : new Busiest(start, actor, events, actors + 1);
  }
}

package io.vellamo.samples.sessions;

import java.time.Duration;
import java.time.Instant;

/**
 * A finished session, a row of the sample.
 *
 * @param actor the actor's login
 * @param start the time of its first event
 * @param end the time of its last event
 * @param events the number of events
 */
public record ActorSession(String actor, Instant start, Instant end, long events) {
  static ActorSession of(String actor, Session session) {
    return new ActorSession(actor, session.start(), session.end(), session.events());
  }

  Duration length() {
    return Duration.between(start, end);
  }
}

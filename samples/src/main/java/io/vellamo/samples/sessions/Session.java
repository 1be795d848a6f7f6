package io.vellamo.samples.sessions;

import java.time.Duration;
import java.time.Instant;

/**
 * A run of events none of which is further than the gap from its neighbour.
 *
 * @param start the time of the first event
 * @param end the time of the last event
 * @param events the number of events
 */
public record Session(Instant start, Instant end, long events) {
  static Session of(Instant event) {
    return new Session(event, event, 1);
  }

  /** Returns whether an event at a time joins the session; one exactly the gap away does. */
  boolean reaches(Instant time, Duration gap) {
    return !time.isBefore(start.minus(gap)) && !time.isAfter(end.plus(gap));
  }

  /** Returns the session with the events of both. */
  Session merge(Session other) {
    Instant first = start.isBefore(other.start) ? start : other.start;
    Instant last = end.isAfter(other.end) ? end : other.end;
    return new Session(first, last, events + other.events);
  }
}

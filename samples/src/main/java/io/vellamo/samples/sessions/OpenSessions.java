package io.vellamo.samples.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions of one actor that may still grow: the sample's state.
 *
 * @param sessions by start, each further than the gap from the next
 */
public record OpenSessions(List<Session> sessions) {
  /** No sessions. */
  public static final OpenSessions NONE = new OpenSessions(List.of());

  public OpenSessions {
    sessions = List.copyOf(sessions);
  }

  /**
   * Returns the sessions with more events. An event between two sessions may merge them.
   *
   * <p><b>Cost</b> Linear in the number of open sessions for each event.
   *
   * @param times the event times, in any order
   * @param gap the longest time between neighbouring events of a session
   * @return the sessions with those events
   */
  public OpenSessions with(Iterable<Instant> times, Duration gap) {
    List<Session> merged = new ArrayList<>(sessions);
    for (Instant time : times) {
      add(merged, time, gap);
    }
    return new OpenSessions(merged);
  }

  /**
   * Returns the sessions that no event can join any more.
   *
   * @param watermark the time before which no more events come
   * @param gap the longest time between neighbouring events of a session
   * @return those for which the watermark is greater than {@code end + gap}
   */
  public List<Session> closed(Instant watermark, Duration gap) {
    return sessions.stream().filter(session -> isClosed(session, watermark, gap)).toList();
  }

  /**
   * Returns the sessions that an event may still join.
   *
   * @param watermark the time before which no more events come
   * @param gap the longest time between neighbouring events of a session
   * @return all but the {@link #closed}
   */
  public OpenSessions open(Instant watermark, Duration gap) {
    return new OpenSessions(
        sessions.stream().filter(session -> !isClosed(session, watermark, gap)).toList());
  }

  private static void add(List<Session> sessions, Instant time, Duration gap) {
    int at = sessions.size();
    while (at > 0 && sessions.get(at - 1).start().isAfter(time)) {
      at--;
    }
    // The new event begins as its own session, then merges with its neighbours.
    sessions.add(at, Session.of(time));
    if (at + 1 < sessions.size() && sessions.get(at + 1).reaches(time, gap)) {
      sessions.set(at, sessions.get(at).merge(sessions.remove(at + 1)));
    }
    if (at > 0 && sessions.get(at - 1).reaches(time, gap)) {
      sessions.set(at - 1, sessions.get(at - 1).merge(sessions.remove(at)));
    }
  }

  private static boolean isClosed(Session session, Instant watermark, Duration gap) {
    return watermark.isAfter(session.end().plus(gap));
  }
}

package io.vellamo.samples.sessions;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.vellamo.samples.run.Ranking;
import io.vellamo.samples.run.Table;
import java.util.List;

/**
 * The figures of a run's sessions, independent of their order.
 *
 * @param sessions the sessions, in any order
 */
record SessionFigures(List<ActorSession> sessions) {
  SessionFigures {
    sessions = List.copyOf(sessions);
  }

  void addTo(Table table) {
    table
        .row("sessions", sessions.size())
        .row("longest session", longest())
        .row("busiest actors", busiest());
  }

  private String longest() {
    return sessions.stream()
        .max(
            comparing(ActorSession::length)
                .thenComparing(ActorSession::events)
                .thenComparing(ActorSession::actor))
        .map(
            session ->
                "%s by %s, %s events from %s"
                    .formatted(
                        session.length(),
                        session.actor(),
                        Table.number(session.events()),
                        session.start()))
        .orElse("none");
  }

  private String busiest() {
    return Ranking.top(
        sessions.stream()
            .collect(groupingBy(ActorSession::actor, summingLong(ActorSession::events))));
  }
}

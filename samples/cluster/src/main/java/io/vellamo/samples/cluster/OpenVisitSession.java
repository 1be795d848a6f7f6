package io.vellamo.samples.cluster;

import java.time.Instant;

/** The state of a user: a session that may go on. */
record OpenVisitSession(Instant start, Instant end, long visits) {
  static OpenVisitSession of(LoopedVisit first) {
    return new OpenVisitSession(first.time(), first.time(), 1);
  }

  OpenVisitSession with(LoopedVisit next) {
    return new OpenVisitSession(start, next.time(), visits + 1);
  }

  /** Returns the last time at which a visit still belongs to the session. */
  Instant endsAfter() {
    return end.plus(VisitLoop.GAP);
  }

  VisitSession row(String user) {
    return new VisitSession(user, start, end, visits);
  }
}

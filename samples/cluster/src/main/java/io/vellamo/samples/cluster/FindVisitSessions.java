package io.vellamo.samples.cluster;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that emits a user's session once it has ended: by a visit after the gap, or by the
 * watermark. Visits arrive in their order, so both find the same sessions.
 */
final class FindVisitSessions
    implements FlatMapGroupsWithStateFunction<String, LoopedVisit, OpenVisitSession, VisitSession> {
  /** A visit exactly the gap after the last one still belongs to the session. */
  private static final Duration BEHIND_GAP = VisitLoop.GAP.plusMillis(1);

  @Override
  public Iterator<VisitSession> call(
      String user, Iterator<LoopedVisit> visits, GroupState<OpenVisitSession> state) {
    List<VisitSession> ended = new ArrayList<>();
    OpenVisitSession session = state.optional().orElse(null);
    if (state.hasTimedOut()) {
      end(user, session, ended);
      session = null;
    }
    while (visits.hasNext()) {
      LoopedVisit visit = visits.next();
      if (session != null && !visit.time().isAfter(session.endsAfter())) {
        session = session.with(visit);
      } else {
        end(user, session, ended);
        session = OpenVisitSession.of(visit);
      }
    }
    keep(user, session, state);
    return ended.iterator();
  }

  private static void end(
      String user, @Nullable OpenVisitSession session, List<VisitSession> ended) {
    if (session != null) {
      ended.add(session.row(user));
    }
  }

  private static void keep(
      String user, @Nullable OpenVisitSession session, GroupState<OpenVisitSession> state) {
    if (session == null || user.equals(VisitLoop.NOBODY)) {
      state.remove();
      return;
    }
    state.update(session);
    state.setTimeoutTimestamp(session.end(), BEHIND_GAP);
  }
}

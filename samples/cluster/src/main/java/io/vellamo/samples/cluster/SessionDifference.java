package io.vellamo.samples.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The difference of two lists of sessions, whatever their order.
 *
 * @param missing the number of sessions that are not in the first list
 * @param surplus the number of sessions that are only in the first list, or too often
 */
record SessionDifference(long missing, long surplus) {
  static SessionDifference of(List<VisitSession> found, List<VisitSession> expected) {
    Map<VisitSession, Integer> counts = new HashMap<>();
    found.forEach(session -> counts.merge(session, 1, Integer::sum));
    expected.forEach(session -> counts.merge(session, -1, Integer::sum));
    long missing = 0;
    long surplus = 0;
    for (int count : counts.values()) {
      missing -= Math.min(count, 0);
      surplus += Math.max(count, 0);
    }
    return new SessionDifference(missing, surplus);
  }

  boolean isNone() {
    return missing == 0 && surplus == 0;
  }
}

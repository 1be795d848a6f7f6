package io.vellamo.checks.journals;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The function of the test's query. It keeps every reading of a session that is open, so that a
 * reading applied twice, or not at all, shows in a row.
 */
final class Sessionize
    implements FlatMapGroupsWithStateFunction<String, Reading, Sessionize.Open, Session> {
  /** The readings of sessions that are open. */
  record Open(List<Reading> readings) {}

  @Override
  public Iterator<Session> call(String key, Iterator<Reading> events, GroupState<Open> state) {
    List<Reading> readings = new ArrayList<>();
    state.optional().ifPresent(open -> readings.addAll(open.readings));
    events.forEachRemaining(readings::add);
    long watermark = state.currentWatermark().toEpochMilli();
    List<Session> closed =
        Session.ofOneKey(readings).stream()
            .takeWhile(session -> session.closesAfter() < watermark)
            .toList();
    if (!closed.isEmpty()) {
      long end = closed.get(closed.size() - 1).end();
      readings.removeIf(reading -> reading.time() <= end);
    }
    keep(readings, state);
    return closed.iterator();
  }

  private static void keep(List<Reading> readings, GroupState<Open> state) {
    if (readings.isEmpty()) {
      state.remove();
      return;
    }
    state.update(new Open(readings));
    state.setTimeoutTimestamp(
        Instant.ofEpochMilli(Session.ofOneKey(readings).get(0).closesAfter()));
  }
}

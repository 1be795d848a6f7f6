package io.vellamo.actors.replay;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** Finds visits: a user's clicks until there are none for a gap. */
record Visits(long gapSeconds)
    implements FlatMapGroupsWithStateFunction<String, Visits.Click, Visits.Open, Visits.Visit> {
  /** A user's click at a second of event time. */
  record Click(String user, long second) {}

  /** A visit that may go on. */
  record Open(long first, long last, long clicks) {
    private static final Open NONE = new Open(Long.MAX_VALUE, Long.MIN_VALUE, 0);

    private Open with(long second) {
      return new Open(Math.min(first, second), Math.max(last, second), clicks + 1);
    }
  }

  /** A visit that has ended. */
  record Visit(String user, long first, long last, long clicks) {}

  @Override
  public Iterator<Visit> call(String user, Iterator<Click> clicks, GroupState<Open> state) {
    if (state.hasTimedOut()) {
      Open ended = state.get();
      state.remove();
      return List.of(new Visit(user, ended.first, ended.last, ended.clicks)).iterator();
    }
    Open open = state.optional().orElse(Open.NONE);
    while (clicks.hasNext()) {
      open = open.with(clicks.next().second);
    }
    state.update(open);
    // Events may be older than the watermark of their own epoch.
    Instant end = Instant.ofEpochSecond(open.last + gapSeconds);
    Instant watermark = state.currentWatermark();
    state.setTimeoutTimestamp(end.isBefore(watermark) ? watermark : end);
    return List.<Visit>of().iterator();
  }
}

package io.vellamo.samples.guide;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

final class Sessionize implements FlatMapGroupsWithStateFunction<String, Click, Visit, Session> {
  private static final Duration GAP = Duration.ofMinutes(30);

  @Override
  public Iterator<Session> call(String user, Iterator<Click> clicks, GroupState<Visit> state) {
    if (state.hasTimedOut()) {
      Visit visit = state.get();
      state.remove();
      return List.of(new Session(user, visit.start(), visit.end(), visit.clicks())).iterator();
    }
    while (clicks.hasNext()) {
      Click click = clicks.next();
      Visit visit = state.optional().orElse(new Visit(click.time(), click.time(), 0));
      state.update(visit.with(click));
    }
    Instant end = state.get().end().plus(GAP);
    Instant watermark = state.currentWatermark();
    state.setTimeoutTimestamp(end.isBefore(watermark) ? watermark : end);
    return Collections.emptyIterator();
  }
}

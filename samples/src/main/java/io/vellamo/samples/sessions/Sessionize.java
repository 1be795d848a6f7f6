package io.vellamo.samples.sessions;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.samples.github.GitHubEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A function that finds the sessions of an actor, whatever the order of arrival, and emits each
 * when it is finished.
 *
 * <p><b>Time</b> A session is finished when the watermark is greater than its end plus the gap: an
 * event exactly the gap after the end still joins. An open session's {@code end + gap} is therefore
 * never before the watermark, as a timeout requires.
 */
final class Sessionize
    implements FlatMapGroupsWithStateFunction<String, GitHubEvent, OpenSessions, ActorSession> {
  private final Duration gap;

  Sessionize(Duration gap) {
    this.gap = gap;
  }

  @Override
  public Iterator<ActorSession> call(
      String actor, Iterator<GitHubEvent> events, GroupState<OpenSessions> state) {
    List<Instant> times = new ArrayList<>();
    events.forEachRemaining(event -> times.add(event.createdAt()));
    OpenSessions all = state.optional().orElse(OpenSessions.NONE).with(times, gap);
    keep(all.open(state.currentWatermark(), gap), state);
    return all.closed(state.currentWatermark(), gap).stream()
        .map(session -> ActorSession.of(actor, session))
        .iterator();
  }

  private void keep(OpenSessions open, GroupState<OpenSessions> state) {
    if (open.sessions().isEmpty()) {
      state.remove();
      return;
    }
    state.update(open);
    // Sessions don't overlap, so the first to start is the first to end.
    state.setTimeoutTimestamp(open.sessions().get(0).end(), gap);
  }
}

package io.vellamo.samples.alerts;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.samples.alerts.PushWatch.Judged;
import io.vellamo.samples.github.GitHubEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A function that raises an alert when an actor pushes too often, and the next one only after the
 * number of pushes has dropped below the limit.
 *
 * <p><b>Time</b> Pushes are judged in the order of their times, whatever the order of arrival: each
 * is kept until the watermark is greater than its time, when no earlier one can arrive.
 */
final class WatchPushes
    implements FlatMapGroupsWithStateFunction<String, GitHubEvent, PushWatch, PushAlert> {
  private final AlertRule rule;

  WatchPushes(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public Iterator<PushAlert> call(
      String actor, Iterator<GitHubEvent> pushes, GroupState<PushWatch> state) {
    List<Instant> times = new ArrayList<>();
    pushes.forEachRemaining(push -> times.add(push.createdAt()));
    PushWatch all = state.optional().orElse(PushWatch.NONE).with(times);
    Judged judged = all.judge(state.currentWatermark(), rule);
    keep(judged.watch(), state);
    return judged.alerts().stream()
        .map(alert -> new PushAlert(actor, alert.at(), alert.count()))
        .iterator();
  }

  private void keep(PushWatch watch, GroupState<PushWatch> state) {
    if (watch.isOver(state.currentWatermark(), rule)) {
      state.remove();
      return;
    }
    state.update(watch);
    // Never before the watermark: earlier pushes are judged, and isOver covers an empty window.
    state.setTimeoutTimestamp(watch.nextDue(rule));
  }
}

package io.vellamo.samples.alerts;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.samples.alerts.PushHistory.Judged;
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
final class DetectPushBursts
    implements FlatMapGroupsWithStateFunction<String, GitHubEvent, PushHistory, PushAlert> {
  private final PushRule rule;

  DetectPushBursts(PushRule rule) {
    this.rule = rule;
  }

  @Override
  public Iterator<PushAlert> call(
      String actor, Iterator<GitHubEvent> pushes, GroupState<PushHistory> state) {
    List<Instant> times = new ArrayList<>();
    pushes.forEachRemaining(push -> times.add(push.createdAt()));
    PushHistory all = state.optional().orElse(PushHistory.NONE).with(times);
    Judged judged = all.judge(state.currentWatermark(), rule);
    keep(judged.history(), state);
    return judged.alerts().stream()
        .map(alert -> new PushAlert(actor, alert.at(), alert.count()))
        .iterator();
  }

  private void keep(PushHistory history, GroupState<PushHistory> state) {
    if (history.isOver(state.currentWatermark(), rule)) {
      state.remove();
      return;
    }
    state.update(history);
    // Never before the watermark: earlier pushes are judged, and isOver covers an empty window.
    state.setTimeoutTimestamp(history.nextDue(rule));
  }
}

package io.vellamo.samples.alerts;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.samples.github.GitHubEvent;
import io.vellamo.testkit.GroupStateHarness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The sample's function alone, in every mode of the harness. */
final class DetectPushBurstsTest {
  private static final Instant START = Instant.parse("2018-01-01T11:00:00Z");
  private static final PushRule RULE = new PushRule(3, Duration.ofSeconds(10));

  private final GroupStateHarness<String, GitHubEvent, PushHistory, PushAlert> script =
      GroupStateHarness.flatMapGroupsWithState(
          OutputMode.APPEND,
          GroupStateTimeout.EVENT_TIME,
          PushHistory.class,
          new DetectPushBursts(RULE));

  @Test
  void pushes_outOfOrder_areJudgedByTheirTimes() {
    push("anna", 2);
    push("anna", 0);
    script.endEpoch();
    push("anna", 1);
    push("ben", 1);
    script
        .expectNoRows()
        .expectTimeout("anna", at(0))
        .advanceWatermark(at(3))
        .expectRows(new PushAlert("anna", at(2), 3))
        .advanceWatermark(at(13))
        .expectNoRows()
        .expectNothingKept()
        .verify();
  }

  @Test
  void push_afterTheWatermark_countsWithThoseJudgedBefore() {
    push("anna", 0);
    push("anna", 1);
    script.advanceWatermark(at(5));
    push("anna", 9);
    script
        .advanceWatermark(at(10))
        .expectRows(new PushAlert("anna", at(9), 3))
        .expectTimeout("anna", at(19))
        .verify();
  }

  private void push(String actor, int second) {
    script.event(actor, new GitHubEvent("PushEvent", actor, at(second)), at(second));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}

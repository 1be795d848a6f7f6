package io.vellamo.samples.sessions;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.samples.github.GitHubEvent;
import io.vellamo.testkit.GroupStateHarness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The sample's function alone, in every mode of the harness. */
final class SessionizeTest {
  private static final Instant START = Instant.parse("2018-01-01T11:00:00Z");
  private static final Duration GAP = Duration.ofMinutes(30);

  private final GroupStateHarness<String, GitHubEvent, OpenSessions, ActorSession> script =
      GroupStateHarness.flatMapGroupsWithState(
          OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, OpenSessions.class, new Sessionize(GAP));

  @Test
  void events_withinTheGap_areOneSession() {
    event("anna", 0);
    event("anna", 30);
    script
        .advanceWatermark(at(60))
        .expectNoRows()
        .advanceWatermark(at(60).plusMillis(1))
        .expectRows(new ActorSession("anna", at(0), at(30), 2))
        .expectNothingKept()
        .verify();
  }

  @Test
  void event_betweenTwoSessions_joinsThem_whateverTheEpochs() {
    event("anna", 50);
    event("anna", 0);
    script.endEpoch();
    event("anna", 25);
    script
        .expectTimeout("anna", at(80))
        .advanceWatermark(at(81))
        .expectRows(new ActorSession("anna", at(0), at(50), 3))
        .expectNothingKept()
        .verify();
  }

  @Test
  void actors_haveSessionsOfTheirOwn() {
    event("anna", 0);
    event("ben", 10);
    script
        .advanceWatermark(at(35))
        .expectRows(new ActorSession("anna", at(0), at(0), 1))
        .advanceWatermark(at(45))
        .expectRows(new ActorSession("ben", at(10), at(10), 1))
        .verify();
  }

  @Test
  void event_behindTheWatermark_isLate() {
    script.advanceWatermark(at(10));
    event("anna", 9);
    event("anna", 10);
    script.expectLate(1).expectTimeout("anna", at(40)).verify();
  }

  private void event(String actor, int minute) {
    script.event(actor, new GitHubEvent("PushEvent", actor, at(minute)), at(minute));
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }
}

package io.vellamo.samples.guide;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.testkit.GroupStateHarness;
import io.vellamo.testkit.HarnessMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide's function, tested as the guide says. */
final class SessionizeTest {
  private final Instant noon = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void session_ends_thirtyMinutesAfterTheLastClick() {
    Instant later = noon.plus(Duration.ofMinutes(10));

    sessions()
        .event("anna", new Click("anna", noon, false), noon)
        .event("anna", new Click("anna", later, false), later)
        .expectNoRows()
        .expectState("anna", new Visit(noon, later, 2))
        .expectTimeout("anna", noon.plus(Duration.ofMinutes(40)))
        .advanceWatermark(noon.plus(Duration.ofMinutes(41)))
        .expectRows(new Session("anna", noon, later, 2))
        .expectNothingKept()
        .verify();
  }

  @Test
  void click_beforeTheWatermark_isLate() {
    sessions()
        .advanceWatermark(noon)
        .event("anna", new Click("anna", noon.minusMillis(1), false), noon.minusMillis(1))
        .event("ben", new Click("ben", noon, false), noon)
        .expectLate(1)
        .expectNoState("anna")
        .verify();
  }

  @Test
  void function_thatEmitsARowForEachCall_leavesOutTheModesThatChangeThem() {
    GroupStateHarness<String, Click, Integer, Integer> script =
        GroupStateHarness.flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.NONE,
            Integer.class,
            (user, clicks, state) -> List.of(1).iterator());

    script
        .event("anna", new Click("anna", noon, false))
        .event("anna", new Click("anna", noon, false))
        .expectRows(1)
        .exceptMode(HarnessMode.ONE_BY_ONE, "emits a row for each call")
        .verify();
  }

  private static GroupStateHarness<String, Click, Visit, Session> sessions() {
    return GroupStateHarness.flatMapGroupsWithState(
        OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Visit.class, new Sessionize());
  }
}

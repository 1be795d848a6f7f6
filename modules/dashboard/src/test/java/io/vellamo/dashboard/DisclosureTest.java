package io.vellamo.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.Outage;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.QueryHealth.Kind;
import io.vellamo.api.query.QueryHealth.Problem;
import io.vellamo.api.query.QueryHealth.State;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryStatus;
import io.vellamo.api.query.StreamingQueryStatus.CallInProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reports without data. */
final class DisclosureTest {
  private static final String DATA = "some-data";
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private static List<String> allReports(boolean shown) {
    Disclosure disclosure = new Disclosure(shown);
    List<String> reports = new ArrayList<>();
    HotKeys.HotKey key = new HotKeys.HotKey(DATA, 3, 0, 0.5);
    reports.add(
        disclosure.hotKeys(new HotKeys("visits", NOW, List.of(key), List.of(key))).toString());
    for (Kind kind : List.of(Kind.NO_PROGRESS, Kind.OUTAGE, Kind.FAILED)) {
      Problem problem = new Problem(kind, State.UNHEALTHY, Optional.empty(), DATA);
      reports.add(
          disclosure.health(new QueryHealth(State.UNHEALTHY, NOW, List.of(problem))).toString());
    }
    Outage outage = new Outage("sink [rows]", NOW, 1, NOW, "java.io.IOException", DATA);
    CallInProgress call = new CallInProgress("the function for group " + DATA, NOW, "thread-1");
    reports.add(
        disclosure
            .status(new StreamingQueryStatus(DATA, true, true, List.of(call), Optional.empty()))
            .toString());
    reports.add(
        disclosure
            .status(new StreamingQueryStatus(DATA, true, true, List.of(), Optional.of(outage)))
            .toString());
    reports.add(
        disclosure
            .status(new StreamingQueryStatus("Starting again in [PT1S]: " + DATA, false, false))
            .toString());
    reports.add(
        String.valueOf(
            disclosure.failure(
                new StreamingQueryException("visits", 3, DATA, new IllegalStateException(DATA)))));
    return reports;
  }

  @Test
  void hidden_noReportHasData() {
    assertThat(allReports(false)).hasSize(8).noneMatch(report -> report.contains(DATA));
  }

  @Test
  void shown_eachReportHasIt() {
    assertThat(allReports(true)).hasSize(8).allMatch(report -> report.contains(DATA));
  }

  @Test
  void hidden_figuresAndClassesStay() {
    assertThat(String.join("\n", allReports(false)))
        .contains(
            "\"amount\":3",
            "NO_PROGRESS",
            "java.io.IOException",
            "sink [rows]",
            "thread-1",
            "in [PT1S]")
        .contains("java.lang.IllegalStateException");
  }
}

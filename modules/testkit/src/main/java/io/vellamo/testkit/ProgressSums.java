package io.vellamo.testkit;

import io.vellamo.api.query.StreamingQueryProgress;
import java.util.List;

/** What a query's reports add up to, each counted once. */
final class ProgressSums {
  private long lastEpoch;
  private long groups;
  private long updated;
  private long removed;
  private long late;

  /** Takes the reports of epochs that have not been counted. */
  void take(List<StreamingQueryProgress> reports) {
    for (StreamingQueryProgress report : reports) {
      if (report.epoch() > lastEpoch) {
        lastEpoch = report.epoch();
        groups = report.state().groups();
        updated += report.state().updated();
        removed += report.state().removed();
        late += report.events().late();
      }
    }
  }

  long groups() {
    return groups;
  }

  long updated() {
    return updated;
  }

  long removed() {
    return removed;
  }

  long late() {
    return late;
  }

  void forgetChanges() {
    updated = 0;
    removed = 0;
  }

  void forgetLate() {
    late = 0;
  }

  static void require(String what, long expected, long found) {
    if (expected != found) {
      throw new AssertionError(
          "number of %s must be [%d], was [%d]".formatted(what, expected, found));
    }
  }
}

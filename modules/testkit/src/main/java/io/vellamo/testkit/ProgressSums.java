package io.vellamo.testkit;

import io.vellamo.api.query.StreamingQueryProgress;
import java.util.List;

/** The sums of a query's progress reports, each report counted once. */
final class ProgressSums {
  private long lastEpoch;
  private long missedEpochs;
  private long groups;
  private long updated;
  private long removed;
  private long late;

  /** Adds the reports of epochs that are not counted yet. */
  void take(List<StreamingQueryProgress> reports) {
    for (StreamingQueryProgress report : reports) {
      if (report.epoch() > lastEpoch) {
        // A query may have run epochs before the harness; later ones are all reported.
        missedEpochs += lastEpoch == 0 ? 0 : report.epoch() - lastEpoch - 1;
        lastEpoch = report.epoch();
        groups = report.state().groups();
        updated += report.state().updated();
        removed += report.state().removed();
        late += report.events().late();
      }
    }
  }

  void requireGroups(long expected) {
    require("groups", expected, groups);
  }

  void requireChanges(long expectedUpdated, long expectedRemoved) {
    requireNoneMissed();
    require("updated groups", expectedUpdated, updated);
    require("removed groups", expectedRemoved, removed);
    updated = 0;
    removed = 0;
  }

  void requireLate(long expected) {
    requireNoneMissed();
    require("late events", expected, late);
    late = 0;
  }

  private void requireNoneMissed() {
    if (missedEpochs > 0) {
      throw new AssertionError(
          ("reports of all epochs must be kept to be counted, [%d] were dropped between two verbs;"
                  + " raise vellamo.query.recent-progress")
              .formatted(missedEpochs));
    }
  }

  private static void require(String what, long expected, long found) {
    if (expected != found) {
      throw new AssertionError(
          "number of %s must be [%d], was [%d]".formatted(what, expected, found));
    }
  }
}

package io.vellamo.testkit;

import io.vellamo.api.query.StreamingQueryProgress;

/** The sums of a query's progress reports. */
final class ProgressSums {
  private long groups;
  private long updated;
  private long removed;
  private long late;

  /** Adds the report of an epoch. */
  void take(StreamingQueryProgress report) {
    groups = report.state().groups();
    updated += report.state().updated();
    removed += report.state().removed();
    late += report.events().late();
  }

  void requireGroups(long expected) {
    require("groups", expected, groups);
  }

  void requireChanges(long expectedUpdated, long expectedRemoved) {
    require("updated groups", expectedUpdated, updated);
    require("removed groups", expectedRemoved, removed);
    updated = 0;
    removed = 0;
  }

  void requireLate(long expected) {
    require("late events", expected, late);
    late = 0;
  }

  private static void require(String what, long expected, long found) {
    if (expected != found) {
      throw new AssertionError(
          "number of %s must be [%d], was [%d]".formatted(what, expected, found));
    }
  }
}

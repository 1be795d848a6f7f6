package io.vellamo.samples.run;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The counts of events over all runs, and of this run's events. */
final class RunCounts {
  // Both set by the first report.
  private @Nullable EventCounts total;
  private long inputBefore;

  /**
   * Takes a query's recent reports. The first call that finds reports must be early enough to find
   * the run's first one.
   */
  void look(StreamingQuery query) {
    List<StreamingQueryProgress> reports = query.recentProgress();
    if (reports.isEmpty()) {
      return;
    }
    if (total == null) {
      StreamingQueryProgress first = reports.get(0);
      inputBefore = first.total().input() - first.events().input();
    }
    total = reports.get(reports.size() - 1).total();
  }

  /** Returns the number of events that all runs have read. */
  long input() {
    return total == null ? 0 : total.input();
  }

  /** Returns the counts of all events; empty before this run's first epoch is committed. */
  Optional<EventCounts> total() {
    return Optional.ofNullable(total);
  }

  /** Returns the number of events that this run read. */
  long newEvents() {
    return total == null ? 0 : total.input() - inputBefore;
  }
}

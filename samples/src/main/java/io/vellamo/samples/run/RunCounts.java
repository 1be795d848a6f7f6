package io.vellamo.samples.run;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fate of events over all runs, and how many of them are this run's. */
final class RunCounts {
  private final StreamingQuery query;
  // Both from the first report on.
  private @Nullable EventCounts total;
  private long inputBefore;

  RunCounts(StreamingQuery query) {
    this.query = query;
  }

  /** Looks at the query's newest reports; often enough that the first is still among them. */
  void look() {
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

  /** Returns the fate of all events; empty before this run's first epoch is committed. */
  Optional<EventCounts> total() {
    return Optional.ofNullable(total);
  }

  /** Returns how many events this run took in. */
  long newEvents() {
    return total == null ? 0 : total.input() - inputBefore;
  }
}

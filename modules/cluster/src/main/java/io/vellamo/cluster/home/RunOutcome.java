package io.vellamo.cluster.home;

import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.api.query.StreamingQueryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a query.
 *
 * @param failure why it failed; null if it was stopped or has done its work
 * @param epoch the epoch that failed, 0 if none
 * @param blockers the calls that had not returned when the query was given up; empty if it was not
 */
record RunOutcome(@Nullable String failure, long epoch, String blockers) {
  /** The end of a query that was stopped or has done its work. */
  static final RunOutcome STOPPED = new RunOutcome(null, 0, "");

  /** Returns the outcome of a run that has ended. */
  static RunOutcome of(Optional<StreamingQueryException> failure, String blockers) {
    return failure
        .map(reason -> new RunOutcome(reason.getMessage(), reason.epoch(), blockers))
        .orElse(STOPPED);
  }

  /** Ends the handle of a node. */
  void end(QueryMonitor monitor) {
    if (failure != null) {
      StreamingQueryException reason =
          new StreamingQueryException(monitor.name(), epoch, failure, null);
      if (blockers.isEmpty()) {
        monitor.failed(reason);
      } else {
        monitor.givenUp(reason, blockers);
      }
    }
    monitor.ended();
  }
}

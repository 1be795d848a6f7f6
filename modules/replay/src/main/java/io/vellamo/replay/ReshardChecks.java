package io.vellamo.replay;

import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.QueryState;
import java.util.List;

/** The conditions under which the number of a query's shards can be changed. */
final class ReshardChecks {
  private final String query;
  private final QueryState state;

  /** Creates the checks of a query that holds what its journal holds. */
  ReshardChecks(String query, QueryState state) {
    this.query = query;
    this.state = state;
  }

  /**
   * Checks that no epoch is under way. Some shards may hold it and others not, and sinks may have
   * rows of it that are known by their shards.
   */
  void requireAllCommitted() {
    EpochPlan planned = state.knownLedger().planned();
    if (planned != null) {
      throw new IllegalStateException(
          "All epochs of query [%s] must be committed before its shards are changed, epoch [%d] is planned and not committed; start the query as it was, and stop it once it is idle, or let it end by Trigger.availableNow()"
              .formatted(query, planned.epoch()));
    }
  }

  /**
   * Checks that all ranges of the sink have committed the last epoch. The ranges are divided again,
   * so that its rows could not be written again to the range that lacks them.
   *
   * @param hasRows whether the epoch has rows
   */
  void requireAtSink(boolean hasRows) {
    QueryLedger ledger = state.knownLedger();
    if (state.sinkRanges() > 0 && hasRows && state.sinkCommitted() != ledger.committedEpoch()) {
      throw new IllegalStateException(
          "All ranges of the sink of query [%s] must have committed epoch [%d] before its shards are changed, the journal does not tell so; start the query as it was, with its sink, and stop it"
              .formatted(query, ledger.committedEpoch()));
    }
  }

  /** Checks that the journal has no findings. */
  void requireRight(VerifyReport report) {
    if (!report.isRight()) {
      throw new IllegalStateException(
          "The journal of query [%s] must be right before its shards are changed, has [%d] findings, the first: %s; see bin/vellamo journal verify, nothing was changed"
              .formatted(query, report.findingCount(), report.findings().get(0).message()));
    }
  }

  /** Checks that the copy of all groups is complete. */
  void requireSame(VerifyReport copy, List<OperatorSum> read, List<OperatorSum> written) {
    if (!copy.isRight()) {
      throw new IllegalStateException(
          "The new shards of query [%s] must be right, have [%d] findings, the first: %s; the old shards remain in effect"
              .formatted(query, copy.findingCount(), copy.findings().get(0).message()));
    }
    if (!read.equals(written)) {
      throw new IllegalStateException(
          "The new shards of query [%s] must hold the groups of the old ones, which are %s, hold %s; the old shards remain in effect"
              .formatted(query, read, written));
    }
  }
}

package io.vellamo.engine.protocol.query;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the calls of a sink that is written in ranges: a failed call is made again,
 * without disturbing the other ranges.
 *
 * <p>A range whose commit has failed counts as failing until it has committed, however often it
 * lacks the rows meanwhile and is given them again.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class RangeCalls {
  private final QueryMachine query;
  private final QuerySetup setup;
  private final QueryEffects effects;
  private final SinkCommit commit;

  RangeCalls(QueryMachine query, QuerySetup setup, QueryEffects effects, SinkCommit commit) {
    this.query = query;
    this.setup = setup;
    this.effects = effects;
    this.commit = commit;
  }

  /**
   * Takes the outcome of a call.
   *
   * @param epoch the epoch that runs; null if there is none
   * @return whether the range has done what it can for the epoch that runs
   */
  boolean take(QueryInput.OfRange outcome, @Nullable RunningEpoch epoch) {
    if (outcome instanceof QueryInput.RangeFailed failed) {
      failed(failed, epoch);
      return false;
    }
    return outcome instanceof QueryInput.RangeLacks lacks
        ? lacks(lacks.range(), epoch)
        : written((QueryInput.RangeWritten) outcome, epoch);
  }

  private boolean written(QueryInput.RangeWritten written, @Nullable RunningEpoch epoch) {
    if (commit.isUnderWay()) {
      commit.written(written.range());
      return false;
    }
    query.retries().succeeded(written.range());
    requireNonNull(epoch, "epoch").rangeWritten(written.range(), written.rows());
    return true;
  }

  /** Has the rows collected that a range lacks, or the epoch run again for them. */
  private boolean lacks(int range, @Nullable RunningEpoch epoch) {
    if (commit.isUnderWay()) {
      commit.lacks(range);
      return false;
    }
    query.retries().succeeded(range);
    requireNonNull(epoch, "epoch").rangeLacks(range);
    return true;
  }

  /** Has a call made again, or fails the query. */
  private void failed(QueryInput.RangeFailed failed, @Nullable RunningEpoch epoch) {
    int range = failed.range();
    boolean commits = commit.awaitsCommit(range, failed.epoch());
    query
        .retries()
        .failed(
            range,
            (commits ? "committing at " : "writing to ") + setup.sink(),
            failed.problem(),
            commit.isUnderWay()
                ? () -> commit.again(range)
                : () -> requireNonNull(epoch, "epoch").writeRange(range, effects));
  }
}

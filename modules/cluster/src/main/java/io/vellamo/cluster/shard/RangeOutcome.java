package io.vellamo.cluster.shard;

import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryInput;

/** The outcome of a {@link RangeOrder}. */
sealed interface RangeOutcome {
  /** Returns the input of the query's machine. */
  QueryInput input(int range, long epoch);

  /**
   * The rows are written.
   *
   * @param rows their number
   */
  record Written(long rows) implements RangeOutcome {
    @Override
    public QueryInput input(int range, long epoch) {
      return new QueryInput.RangeWritten(range, epoch, rows);
    }
  }

  /** The epoch is committed. */
  record Committed() implements RangeOutcome {
    @Override
    public QueryInput input(int range, long epoch) {
      return new QueryInput.RangeCommitted(range, epoch);
    }
  }

  /** The rows are not there. */
  record Lacking() implements RangeOutcome {
    @Override
    public QueryInput input(int range, long epoch) {
      return new QueryInput.RangeLacks(range, epoch);
    }
  }

  /**
   * The sink has failed.
   *
   * @param problem why
   */
  record Failed(Problem problem) implements RangeOutcome {
    @Override
    public QueryInput input(int range, long epoch) {
      return new QueryInput.RangeFailed(range, epoch, problem);
    }
  }
}

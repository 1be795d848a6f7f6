package io.vellamo.engine.io;

import org.jspecify.annotations.Nullable;

/** The rows of a query that its sink gets in each epoch. */
interface SinkRows {
  /**
   * Returns the rows of an epoch, after the stages between operators and sink; null if the sink
   * gets none, and is not to know of the epoch.
   *
   * @throws io.vellamo.engine.pipeline.RowFailure if a user's function throws
   */
  @Nullable RowsOfEpoch of(EpochResults epoch);

  /** Takes a page of the whole result, before {@link #of} for its epoch. */
  default void take(ResultPage page) {
    throw new AssertionError("only the whole result has pages");
  }
}

package io.vellamo.testkit.simulation;

import io.vellamo.engine.time.EpochTimes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups that an operator must keep. */
interface OracleGroups {
  /**
   * A group.
   *
   * @param state its state: a tally, the elements of an array, or the contents of each variable in
   *     words; null if there is none
   * @param timeoutMillis its timeout; null if there is none
   */
  record Kept(@Nullable Object state, @Nullable Long timeoutMillis) {}

  /** Returns the groups by key, without those that are empty. */
  Map<?, Kept> kept();

  /** Returns whether the entries of a variable must be in order. */
  default boolean isOrdered() {
    return true;
  }

  /** Returns the clocks of the last epoch; what has expired by then need not be kept. */
  default EpochTimes times() {
    throw new UnsupportedOperationException("the operator has no variables");
  }

  /** Returns the number of pending events of parked groups. */
  long waiting();
}

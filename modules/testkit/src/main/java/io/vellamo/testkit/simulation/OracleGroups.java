package io.vellamo.testkit.simulation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups that an operator must keep. */
interface OracleGroups {
  /**
   * A group.
   *
   * @param state its state: a tally, or the elements of an array; null if there is none
   * @param timeoutMillis its timeout; null if there is none
   */
  record Kept(@Nullable Object state, @Nullable Long timeoutMillis) {}

  /** Returns the groups by key, without those that are empty. */
  Map<?, Kept> kept();

  /** Returns the number of pending events of parked groups. */
  long waiting();
}

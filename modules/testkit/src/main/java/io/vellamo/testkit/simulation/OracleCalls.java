package io.vellamo.testkit.simulation;

import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.OracleGroups.Kept;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of an operator's function for one group, as functions from the group's contents to
 * those after the call.
 *
 * <p><b>Failure</b> A call throws what the function throws, and has no effect then.
 *
 * @param <V> the events
 * @param <C> the contents of a group, which are not changed
 */
interface OracleCalls<V, C> {
  /** Returns the contents of a group of which nothing is kept. */
  C empty();

  /**
   * Returns the groups that exist before the events of the first epoch, with their contents.
   *
   * @param rows takes rows of calls for them
   */
  Map<Integer, C> initial(EpochTimes times, List<OracleEvent<Row>> rows);

  /** Returns whether such a group is called without events if it has none in the first epoch. */
  boolean callsInitialWithoutEvents();

  /** Calls a group with events; there may be none. */
  C onEvents(
      int key,
      C before,
      List<OracleEvent<V>> events,
      EpochTimes times,
      List<OracleEvent<Row>> rows);

  /** Returns the rows of a group in the whole result, if the operator emits it. */
  default List<Row> result(int key, C contents) {
    return List.of();
  }

  /** Returns whether a timeout or timer of a group is due. */
  boolean isDue(C contents, EpochTimes times);

  /** Returns whether a group is called for what is due even if it has had events in the epoch. */
  boolean isDueAfterEvents();

  /** Calls a group for its timeout, or for its timers that are due. */
  C onDue(int key, C before, EpochTimes times, List<OracleEvent<Row>> rows);

  /** Returns the processing time of a group's earliest timeout or timer; null if it has none. */
  @Nullable Long dueMillis(C contents);

  /** Returns the key by which the journal knows a group; null is one. */
  default @Nullable Object journalKey(int key) {
    return key;
  }

  /** Returns whether the entries of a variable must be in order. */
  default boolean isOrdered() {
    return true;
  }

  /**
   * Returns what must be kept of a group after an epoch; null if nothing.
   *
   * @param called the watermark until which the group has been called
   */
  @Nullable Kept kept(C contents, EpochTimes times, Watermark called);
}

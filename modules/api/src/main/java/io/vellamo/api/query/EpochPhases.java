package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The time that an epoch spent in each phase, by the clock of the query's coordinator.
 *
 * <p>The phases {@link #read}, {@link #process}, {@link #route} and {@link #sink} follow each other
 * and add up to {@link StreamingQueryProgress#duration}. The {@link #plan} precedes them, and the
 * {@link #commit} follows them; both may overlap other epochs: a query writes the commit of an
 * epoch and the plan of the next one together, and plans and reads ahead while an epoch runs. A
 * phase includes the time for which the query waited before it made a failed call again, see {@link
 * RetryPolicy}.
 *
 * <p><b>Time</b> Elapsed time, unaffected by changes of the wall clock. The resolution is that of
 * {@link QueryClock#monotonicNanos}.
 *
 * @param plan the time from asking the source what it offers until the journal held the plan; zero
 *     if an earlier run planned the epoch, or it was planned while the preceding epoch ran
 * @param read the time from then until all events were read, mapped, filtered and assigned to their
 *     groups; only the remaining wait if they were read ahead. In the first epoch it includes the
 *     initial states
 * @param process the time for which the query waited for the shards of its operators, over all
 *     operators: the functions, the writes of the shards' journals, and the messages. {@link
 *     OperatorProgress#call} and {@link OperatorProgress#persist} divide it
 * @param route the time for which the rows of operators were assigned to the groups of operators
 *     downstream
 * @param sink the time in which the sinks wrote rows, dead letters and late events
 * @param commit the time from then until the journal held the commit, and a sink that commits after
 *     the journal had committed. If the source was asked for the next epoch in the meantime, this
 *     is included
 * @since 0.1
 */
public record EpochPhases(
    Duration plan, Duration read, Duration process, Duration route, Duration sink, Duration commit)
    implements JsonReport {
  /** No time in any phase. */
  public static final EpochPhases NONE =
      new EpochPhases(
          Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Checks the components. */
  public EpochPhases {
    requireNonNull(plan, "plan");
    requireNonNull(read, "read");
    requireNonNull(process, "process");
    requireNonNull(route, "route");
    requireNonNull(sink, "sink");
    requireNonNull(commit, "commit");
  }

  /**
   * Returns the time from the plan to the commit.
   *
   * @return the sum of all phases
   */
  public Duration total() {
    return plan.plus(read).plus(process).plus(route).plus(sink).plus(commit);
  }
}

package io.vellamo.engine.epoch;

/**
 * The shapes with which a query's states were read; they decide whether a start must read all
 * states.
 *
 * <p>Only an epoch proves a shape, since epochs begin once every shard has read its states: a start
 * that was refused because of its states is refused again.
 *
 * @param running the shape of the last run; empty if the query has no state or no run has recorded
 *     a shape
 * @param proven the shape of the last run that had an epoch; empty in the same cases
 */
public record StateShapes(String running, String proven) {
  /** No run yet. */
  public static final StateShapes NONE = new StateShapes("", "");

  /** Returns the shapes at the start of another run. */
  public StateShapes resumed(String shape) {
    return new StateShapes(shape, proven);
  }

  /** Returns the shapes after the run's first epoch. */
  public StateShapes epochReached() {
    return running.equals(proven) ? this : new StateShapes(running, running);
  }

  /** Returns whether the run must read all states before its first epoch. */
  public boolean areUnproven() {
    return !running.equals(proven);
  }
}

package io.vellamo.engine.epoch;

/**
 * By which shapes a query's states were read, to know whether a start has to read them all.
 *
 * <p>A shape is proven only by an epoch of a run, as epochs begin once every shard has read its
 * states: a start that was refused for its states is refused again.
 *
 * @param running the shape of the last run; empty if it has no state, or no run recorded one
 * @param proven the shape of the last run that had an epoch; empty as above
 */
public record StateShapes(String running, String proven) {
  /** No run yet. */
  public static final StateShapes NONE = new StateShapes("", "");

  /** Returns the shapes in one more run. */
  public StateShapes resumed(String shape) {
    return new StateShapes(shape, proven);
  }

  /** Returns the shapes once the run has an epoch. */
  public StateShapes epochReached() {
    return running.equals(proven) ? this : new StateShapes(running, running);
  }

  /** Returns whether the run has to read all states before its first epoch. */
  public boolean areUnproven() {
    return !running.equals(proven);
  }
}

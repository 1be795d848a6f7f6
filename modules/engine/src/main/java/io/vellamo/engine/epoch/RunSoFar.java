package io.vellamo.engine.epoch;

/**
 * The epochs that one run of a query has completed, including one that an earlier run had planned.
 *
 * @param epochs their number
 * @param hadData whether one of them had data
 */
public record RunSoFar(long epochs, boolean hadData) {
  /** A run that has completed no epoch. */
  public static final RunSoFar NOTHING = new RunSoFar(0, false);

  /** Returns the run after another epoch. */
  public RunSoFar after(EpochPlan plan) {
    return new RunSoFar(epochs + 1, hadData || !plan.ranges().isEmpty());
  }
}

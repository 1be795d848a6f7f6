package io.vellamo.engine.epoch;

/**
 * The epochs that one run of a query has completed, those that an earlier run had planned included.
 *
 * @param epochs how many there were
 * @param hadData whether one of them had data
 */
public record RunSoFar(long epochs, boolean hadData) {
  /** A run without an epoch. */
  public static final RunSoFar NOTHING = new RunSoFar(0, false);

  /** Returns the run after one more epoch. */
  public RunSoFar after(EpochPlan plan) {
    return new RunSoFar(epochs + 1, hadData || !plan.ranges().isEmpty());
  }
}

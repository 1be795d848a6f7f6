package io.vellamo.testkit.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a simulation.
 *
 * @param seed its seed
 * @param hash the hash of its trace
 * @param steps the number of lines of its trace
 * @param failure what must hold and did not; null if everything held
 * @param trace the lines of its trace; empty unless asked for
 */
record SeedResult(
    long seed, long hash, int steps, @Nullable Throwable failure, List<String> trace) {
  /** Simulates a query under a seed. */
  interface Simulator {
    /**
     * Runs a simulation.
     *
     * @param mostFaultSteps the maximum length of the phase with faults
     * @param trace takes the trace
     */
    void run(long seed, int mostFaultSteps, Trace trace);
  }

  /** Runs a simulation; keeps only the hash of its trace. */
  static SeedResult of(long seed, Simulator simulator) {
    return of(seed, simulator, Simulation.MOST_FAULT_STEPS, false);
  }

  private static SeedResult of(
      long seed, Simulator simulator, int mostFaultSteps, boolean keepsTrace) {
    Trace trace = new Trace(keepsTrace);
    Throwable failure = null;
    try {
      simulator.run(seed, mostFaultSteps, trace);
    } catch (RuntimeException | AssertionError e) {
      failure = e;
    }
    return new SeedResult(seed, trace.hash(), trace.size(), failure, trace.lines());
  }

  /**
   * Returns the result of a seed that fails, with its trace, and with as few steps as possible
   * before faults end.
   */
  static SeedResult shortest(long seed, Simulator simulator) {
    for (int steps = 4; steps < Simulation.MOST_FAULT_STEPS; steps += Math.max(1, steps / 16)) {
      SeedResult result = of(seed, simulator, steps, true);
      if (result.failure != null) {
        return result;
      }
    }
    return whole(seed, simulator);
  }

  /** Returns the result of a seed, with its trace. */
  static SeedResult whole(long seed, Simulator simulator) {
    return of(seed, simulator, Simulation.MOST_FAULT_STEPS, true);
  }

  /** Returns the failure and the trace in words. */
  String describe() {
    StringBuilder text = new StringBuilder();
    trace.forEach(line -> text.append(line).append('\n'));
    return text.append(failure == null ? "everything held" : message()).toString();
  }

  /** Returns the message of the failure; its class too, if it is not a broken expectation. */
  String message() {
    if (failure == null) {
      return "";
    }
    return failure instanceof AssertionError && failure.getMessage() != null
        ? failure.getMessage()
        : failure.toString();
  }
}

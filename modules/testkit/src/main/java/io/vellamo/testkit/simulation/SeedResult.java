package io.vellamo.testkit.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a simulation.
 *
 * @param seed its seed
 * @param reduction what was left out
 * @param hash the hash of its trace
 * @param steps the number of lines of its trace
 * @param failure what must hold and did not; null if everything held
 * @param trace the lines of its trace; empty unless asked for
 */
record SeedResult(
    long seed,
    SeedReduction reduction,
    long hash,
    int steps,
    @Nullable Throwable failure,
    List<String> trace) {
  /** Simulates a query under a seed. */
  interface Simulator {
    /**
     * Runs a simulation.
     *
     * @param reduction what is left out
     * @param trace takes the trace
     */
    void run(long seed, SeedReduction reduction, Trace trace);
  }

  /** Runs a simulation; keeps only the hash of its trace. */
  static SeedResult of(long seed, Simulator simulator) {
    return of(seed, simulator, SeedReduction.NONE);
  }

  /** Runs a part of a simulation; keeps only the hash of its trace. */
  static SeedResult of(long seed, Simulator simulator, SeedReduction reduction) {
    return of(seed, simulator, reduction, false);
  }

  /** Runs a part of a simulation, and returns the result with its trace. */
  static SeedResult traced(long seed, Simulator simulator, SeedReduction reduction) {
    return of(seed, simulator, reduction, true);
  }

  private static SeedResult of(
      long seed, Simulator simulator, SeedReduction reduction, boolean keepsTrace) {
    Trace trace = new Trace(keepsTrace);
    Throwable failure = null;
    try {
      simulator.run(seed, reduction, trace);
    } catch (RuntimeException | AssertionError e) {
      failure = e;
    }
    return new SeedResult(seed, reduction, trace.hash(), trace.size(), failure, trace.lines());
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

  /** Returns the command that repeats a simulation of a generated query and shows its steps. */
  String command() {
    String options = reduction.options();
    return "bin/simulate --seeds 1 --from %d --trace%s"
        .formatted(seed, options.isEmpty() ? "" : " " + options);
  }
}

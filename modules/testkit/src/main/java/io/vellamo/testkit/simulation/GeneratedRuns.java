package io.vellamo.testkit.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Simulations of generated queries. */
final class GeneratedRuns {
  /**
   * The result of a seed.
   *
   * @param seed the seed
   * @param hash the hash of its trace
   * @param steps the number of lines of its trace
   * @param failure what must hold and did not; null if everything held
   * @param trace the lines of its trace; empty unless asked for
   */
  record Result(long seed, long hash, int steps, @Nullable Throwable failure, List<String> trace) {}

  private GeneratedRuns() {}

  /**
   * Runs a seed.
   *
   * @param keepsTrace whether the trace is returned, not only its hash
   */
  static Result run(long seed, PlantedFault planted, boolean keepsTrace) {
    Trace trace = new Trace(keepsTrace);
    Throwable failure = null;
    try {
      Simulation simulation = new Simulation(seed, planted.journal(), trace);
      simulation.run(new GeneratedScenario(simulation, planted));
    } catch (RuntimeException | AssertionError e) {
      failure = e;
    }
    return new Result(seed, trace.hash(), trace.size(), failure, trace.lines());
  }
}

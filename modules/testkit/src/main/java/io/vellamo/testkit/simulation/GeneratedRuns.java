package io.vellamo.testkit.simulation;

import java.util.function.Supplier;

/** Simulations of generated queries. */
final class GeneratedRuns {
  private GeneratedRuns() {}

  /** Returns simulations of queries without planted faults. */
  static SeedResult.Simulator simulator() {
    return simulator(() -> PlantedFault.NONE);
  }

  /**
   * Returns simulations of queries with a fault.
   *
   * @param faults returns the fault, for one simulation
   */
  static SeedResult.Simulator simulator(Supplier<PlantedFault> faults) {
    return simulator(faults, false);
  }

  /** Returns simulations of queries in mode {@code COMPLETE}, whose results have many pages. */
  static SeedResult.Simulator ofWholeResults() {
    return ofWholeResults(() -> PlantedFault.NONE);
  }

  /** Returns simulations of queries in mode {@code COMPLETE} with a fault. */
  static SeedResult.Simulator ofWholeResults(Supplier<PlantedFault> faults) {
    return simulator(faults, true);
  }

  private static SeedResult.Simulator simulator(Supplier<PlantedFault> faults, boolean isComplete) {
    return (seed, reduction, trace) -> {
      PlantedFault planted = faults.get();
      Simulation simulation = new Simulation(seed, reduction, planted.journal(), trace);
      GeneratedScenario scenario =
          new GeneratedScenario(simulation.generatedBy(isComplete), simulation.journal(), planted);
      simulation.tell(scenario.description());
      simulation.run(scenario);
    };
  }
}

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
    return (seed, reduction, trace) -> {
      PlantedFault planted = faults.get();
      Simulation simulation = new Simulation(seed, reduction, planted.journal(), trace);
      GeneratedScenario scenario =
          new GeneratedScenario(simulation.generatedBy(), simulation.journal(), planted);
      simulation.tell(scenario.description());
      simulation.run(scenario);
    };
  }
}

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

  /** Returns simulations of queries whose shards live on other nodes of a cluster. */
  static SeedResult.Simulator ofClusters(boolean isComplete) {
    return ofClusters(() -> PlantedFault.NONE, isComplete);
  }

  /** Returns simulations of queries in a cluster with a fault. */
  static SeedResult.Simulator ofClusters(Supplier<PlantedFault> faults, boolean isComplete) {
    return simulator(faults, isComplete, Simulation::ofCluster);
  }

  private static SeedResult.Simulator simulator(Supplier<PlantedFault> faults, boolean isComplete) {
    return simulator(faults, isComplete, Simulation::new);
  }

  private interface Surroundings {
    Simulation create(long seed, SeedReduction reduction, SimulatedJournal journal, Trace trace);
  }

  private static SeedResult.Simulator simulator(
      Supplier<PlantedFault> faults, boolean isComplete, Surroundings surroundings) {
    return (seed, reduction, trace) -> {
      PlantedFault planted = faults.get();
      Simulation simulation = surroundings.create(seed, reduction, planted.journal(), trace);
      GeneratedScenario scenario =
          new GeneratedScenario(simulation.generatedBy(isComplete), simulation.journal(), planted);
      simulation.tell(scenario.description());
      simulation.run(scenario);
    };
  }
}

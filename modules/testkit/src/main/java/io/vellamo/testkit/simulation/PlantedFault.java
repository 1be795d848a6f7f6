package io.vellamo.testkit.simulation;

import io.vellamo.engine.local.EffectFilter;

/** A fault that is planted to see whether a simulation finds it. */
interface PlantedFault {
  /** No fault. */
  PlantedFault NONE = new PlantedFault() {};

  /** Returns the journal. */
  default SimulatedJournal journal() {
    return new SimulatedJournal();
  }

  /** Returns the effects of a run. */
  default EffectFilter filter(Simulation simulation) {
    return EffectFilter.NONE;
  }
}

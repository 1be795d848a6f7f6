package io.vellamo.testkit.simulation;

import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.List;

/** A fault that is planted to see whether a simulation finds it. */
interface PlantedFault {
  /** No fault. */
  PlantedFault NONE = new PlantedFault() {};

  /** Returns the journal. */
  default SimulatedJournal journal() {
    return new SimulatedJournal();
  }

  /** Returns the query that runs in place of one; usually the same. */
  default PreparedQuery prepared(PreparedQuery query) {
    return query;
  }

  /** Returns the effects that happen in place of one; usually the same. */
  default List<PendingEffect> effects(PendingEffect effect) {
    return List.of(effect);
  }

  /** Returns the effects that the machines of a run use. */
  default EffectFilter filter(Simulation simulation) {
    return EffectFilter.NONE;
  }
}

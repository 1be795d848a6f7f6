package io.vellamo.testkit.simulation;

import io.vellamo.api.source.Offsets;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.protocol.query.QuerySetup;
import java.util.List;
import java.util.UUID;

/** What is simulated: a query, its input, and what must hold. */
interface Scenario {
  /** Returns the query, on the simulation's clock. */
  LocalQuery query();

  /** Returns what a run has to know of the query. */
  QuerySetup setup(UUID runId);

  /** Lets the sources offer more, and tells readers of it; returns how much, in words. */
  String feed(Dice dice);

  /** Returns whether the sources offer everything. */
  boolean isFed();

  /** Returns whether everything that the sources have is before some offsets. */
  boolean isRead(Offsets offsets);

  /** Returns the sources that may fail for a while. */
  List<SimulatedSource<?>> sources();

  /** Returns the sinks that may fail for a while, or after some of an epoch's rows. */
  List<? extends FailingSink<?>> sinks();

  /** Loses rows that a sink has written and not committed; returns false if there are none. */
  default boolean loseRows(Dice dice) {
    return false;
  }

  /** Returns replacements of effects, for planted faults. */
  default EffectFilter filter(Simulation simulation) {
    return EffectFilter.NONE;
  }

  /** Returns the effects that happen in place of one, for planted faults. */
  default List<PendingEffect> effects(PendingEffect effect) {
    return List.of(effect);
  }

  /** Tells that no more faults will happen. */
  default void calm() {
    sources().forEach(SimulatedSource::endOutage);
    sinks().forEach(FailingSink::endOutage);
  }

  /** Checks what must hold once everything is processed. */
  void check(Simulation simulation);
}

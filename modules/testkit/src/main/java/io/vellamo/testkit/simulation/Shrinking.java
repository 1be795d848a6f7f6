package io.vellamo.testkit.simulation;

import java.util.function.IntFunction;

/**
 * The search for a small simulation of a seed that fails: with fewer events, keys, kinds of faults
 * and steps with faults, until leaving out any more of them lets it succeed.
 *
 * <p>The smaller simulation may fail in another way than the whole one.
 */
final class Shrinking {
  private final long seed;
  private final SeedResult.Simulator simulator;
  private final boolean reducesInput;
  private SeedReduction smallest = SeedReduction.NONE;

  private Shrinking(long seed, SeedResult.Simulator simulator, boolean reducesInput) {
    this.seed = seed;
    this.simulator = simulator;
    this.reducesInput = reducesInput;
  }

  /**
   * Returns the result of the smallest simulation found, with its trace.
   *
   * @param seed a seed that fails
   * @param reducesInput whether events and keys may be left out: not if checks count on all of them
   */
  static SeedResult of(long seed, SeedResult.Simulator simulator, boolean reducesInput) {
    Shrinking shrinking = new Shrinking(seed, simulator, reducesInput);
    SeedReduction before;
    do {
      before = shrinking.smallest;
      shrinking.shrink();
    } while (!before.equals(shrinking.smallest));
    return SeedResult.traced(seed, simulator, shrinking.smallest);
  }

  private void shrink() {
    SeedReduction start = smallest;
    least(4, start.faultSteps(), start::faultSteps);
    if (reducesInput) {
      least(1, start.events(), smallest::events);
      least(1, start.keys(), smallest::keys);
    }
    for (FaultKind kind : FaultKind.values()) {
      if (!smallest.without().contains(kind)) {
        keepIfFails(smallest.without(kind));
      }
    }
  }

  /** Finds a small value with which the seed fails; the first tried are close to each other. */
  private void least(int from, int present, IntFunction<SeedReduction> reduction) {
    for (int value = from; value < present; value += Math.max(1, value / 16)) {
      if (keepIfFails(reduction.apply(value))) {
        return;
      }
    }
  }

  private boolean keepIfFails(SeedReduction reduction) {
    boolean fails = SeedResult.of(seed, simulator, reduction).failure() != null;
    if (fails) {
      smallest = reduction;
    }
    return fails;
  }
}

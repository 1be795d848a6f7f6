package io.vellamo.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The frequency of each kind of fault. Each seed has its own, as some faults hide others: a query
 * that crashes every few steps never comes to its tenth epoch.
 */
final class Temperament {
  private final Dice dice;
  private final Map<FaultKind, Integer> perMille = new EnumMap<>(FaultKind.class);
  private final Set<FaultKind> without;

  /**
   * Creates the temperament of a seed.
   *
   * @param dice decides about the frequencies, then about each fault
   * @param without the kinds that do not happen
   * @param isCluster whether shards live on other nodes
   */
  Temperament(Dice dice, Set<FaultKind> without, boolean isCluster) {
    this.dice = dice;
    this.without = without;
    for (FaultKind kind : FaultKind.values()) {
      if (isCluster ? !kind.isOfOneNode() : !kind.isOfCluster()) {
        perMille.put(kind, kind.perMille(dice));
      }
    }
  }

  /** Returns whether a fault happens now. */
  boolean strikes(FaultKind kind) {
    return strikes(kind, 1);
  }

  /** Returns whether a fault happens now that is so many times as frequent as usual. */
  boolean strikes(FaultKind kind, int times) {
    // Decided for each kind: the seed's other decisions must not depend on those left out.
    return dice.below(1000) < times * perMille.getOrDefault(kind, 0) && !without.contains(kind);
  }
}

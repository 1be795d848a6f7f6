package io.vellamo.testkit.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parts of a simulation that are left out to find a smaller one that fails too.
 *
 * @param faultSteps the maximum length of the phase with faults; the steps up to there are the same
 *     for each maximum
 * @param events the maximum number of events that a generated query reads
 * @param keys the maximum number of their keys
 * @param without the kinds of faults that do not happen
 */
record SeedReduction(int faultSteps, int events, int keys, Set<FaultKind> without) {
  /** The reduction that leaves nothing out. */
  static final SeedReduction NONE =
      new SeedReduction(
          Simulation.MOST_FAULT_STEPS,
          GeneratedInput.MOST_EVENTS,
          GeneratedInput.MOST_KEYS,
          Set.of());

  /** Copies the kinds. */
  SeedReduction {
    without = Set.copyOf(without);
  }

  SeedReduction faultSteps(int most) {
    return new SeedReduction(most, events, keys, without);
  }

  SeedReduction events(int most) {
    return new SeedReduction(faultSteps, most, keys, without);
  }

  SeedReduction keys(int most) {
    return new SeedReduction(faultSteps, events, most, without);
  }

  SeedReduction without(FaultKind kind) {
    Set<FaultKind> more = EnumSet.of(kind);
    more.addAll(without);
    return new SeedReduction(faultSteps, events, keys, more);
  }

  /**
   * Returns this reduction with the kinds of faults of an option.
   *
   * @param kinds their names, with commas between them
   * @throws IllegalArgumentException if a name is unknown
   */
  SeedReduction withoutKinds(String kinds) {
    SeedReduction result = this;
    for (String name : kinds.split(",", -1)) {
      result = result.without(kind(name));
    }
    return result;
  }

  private static FaultKind kind(String name) {
    for (FaultKind kind : FaultKind.values()) {
      if (kind.text().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "a fault must be one of [%s], was [%s]".formatted(names(Set.of(FaultKind.values())), name));
  }

  private static String names(Set<FaultKind> kinds) {
    return EnumSet.copyOf(kinds).stream().map(FaultKind::text).collect(Collectors.joining(","));
  }

  /** Returns the options of {@code bin/simulate} that repeat it; empty if nothing is left out. */
  String options() {
    List<String> options = new ArrayList<>();
    if (faultSteps < NONE.faultSteps) {
      options.add(option("fault-steps", faultSteps));
    }
    if (events < NONE.events) {
      options.add(option("events", events));
    }
    if (keys < NONE.keys) {
      options.add(option("keys", keys));
    }
    if (!without.isEmpty()) {
      options.add("--without " + names(without));
    }
    return String.join(" ", options);
  }

  /** Returns what is left out, in words. */
  String description() {
    List<String> parts = new ArrayList<>();
    parts.add("at most %d steps with faults".formatted(faultSteps));
    if (events < NONE.events || keys < NONE.keys) {
      parts.add("at most %d events of %d keys".formatted(events, keys));
    }
    if (!without.isEmpty()) {
      parts.add("without " + names(without));
    }
    return String.join(", ", parts);
  }

  private static String option(String name, int value) {
    return String.format(Locale.ROOT, "--%s %d", name, value);
  }
}

package io.vellamo.testkit.simulation;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * The program that simulates generated queries under many seeds.
 *
 * @since 0.1
 */
public final class Simulate {
  private static final List<String> USAGE =
      List.of(
          "Simulates queries that a seed makes up, with failures, crashes and stale runs, and checks",
          "their results.",
          "",
          "  --seeds N   the number of seeds, 1000 by default",
          "  --from N    the first seed, 1 by default",
          "  --complete  queries in mode COMPLETE only",
          "  --cluster   shards on other nodes: messages are lost and doubled, shards move",
          "  --trace     prints each step",
          "",
          "A seed that fails is simulated again with less, until nothing more can be left out. These",
          "options, which the report names, repeat the smallest simulation that fails:",
          "",
          "  --fault-steps N   the maximum length of the phase with faults",
          "  --events N        the maximum number of events",
          "  --keys N          the maximum number of their keys",
          "  --without KINDS   the kinds of faults that do not happen, such as crash,stale",
          "",
          "The exit code is 1 if a seed fails.");

  private final PrintStream out;

  private Simulate(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the program, and ends the JVM with its exit code.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out));
  }

  /**
   * Runs the program.
   *
   * @param arguments see {@code --help}
   * @param out takes the results
   * @return the exit code
   */
  public static int run(List<String> arguments, PrintStream out) {
    Simulate program = new Simulate(out);
    try {
      return program.run(arguments);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      USAGE.forEach(out::println);
      return 2;
    }
  }

  private int run(List<String> arguments) {
    long seeds = 1000;
    long from = 1;
    boolean printsTrace = false;
    boolean isComplete = false;
    boolean isCluster = false;
    SeedReduction reduction = SeedReduction.NONE;
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--seeds" -> seeds = number(arguments, ++i);
        case "--from" -> from = number(arguments, ++i);
        case "--complete" -> isComplete = true;
        case "--cluster" -> isCluster = true;
        case "--trace" -> printsTrace = true;
        case "--fault-steps" -> reduction = reduction.faultSteps(most(arguments, ++i));
        case "--events" -> reduction = reduction.events(most(arguments, ++i));
        case "--keys" -> reduction = reduction.keys(most(arguments, ++i));
        case "--without" -> reduction = reduction.withoutKinds(text(arguments, ++i));
        case "--help" -> {
          USAGE.forEach(out::println);
          return 0;
        }
        default ->
            throw new IllegalArgumentException("unknown option [%s]".formatted(arguments.get(i)));
      }
    }
    SeedResult.Simulator simulator =
        isCluster
            ? GeneratedRuns.ofClusters(isComplete)
            : isComplete ? GeneratedRuns.ofWholeResults() : GeneratedRuns.simulator();
    String options = (isComplete ? " --complete" : "") + (isCluster ? " --cluster" : "");
    return simulate(from, seeds, new Simulated(simulator, options, reduction, printsTrace));
  }

  private static String text(List<String> arguments, int place) {
    return place < arguments.size() ? arguments.get(place) : "";
  }

  private static int most(List<String> arguments, int place) {
    long most = number(arguments, place);
    if (most < 1 || most > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "[%s] must be followed by a positive number, was followed by [%d]"
              .formatted(arguments.get(place - 1), most));
    }
    return (int) most;
  }

  private static long number(List<String> arguments, int place) {
    String text = text(arguments, place);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "[%s] must be followed by a number, was followed by [%s]"
              .formatted(arguments.get(place - 1), text),
          e);
    }
  }

  /** The kind of simulation, and the options that select it. */
  private record Simulated(
      SeedResult.Simulator simulator,
      String options,
      SeedReduction reduction,
      boolean printsTrace) {}

  private int simulate(long from, long seeds, Simulated simulated) {
    SeedResult.Simulator simulator = simulated.simulator;
    SeedReduction reduction = simulated.reduction;
    long steps = 0;
    long failed = 0;
    for (long seed = from; seed < from + seeds; seed++) {
      SeedResult result = SeedResult.of(seed, simulator, reduction);
      steps += result.steps();
      if (result.failure() != null) {
        failed++;
        SeedResult smallest =
            reduction.equals(SeedReduction.NONE)
                ? Shrinking.of(seed, simulator, true)
                : SeedResult.traced(seed, simulator, reduction);
        out.println(simulated.printsTrace ? smallest.describe() : smallest.message());
        String command = smallest.command() + simulated.options;
        out.printf(Locale.ROOT, "seed %d failed; repeat it with %s%n", seed, command);
      } else if (simulated.printsTrace) {
        out.println(SeedResult.traced(seed, simulator, reduction).describe());
      }
    }
    out.printf(Locale.ROOT, "%d seeds, %d failed, %d steps%n", seeds, failed, steps);
    return failed == 0 ? 0 : 1;
  }
}

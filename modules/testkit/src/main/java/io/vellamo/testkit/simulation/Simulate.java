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
          "  --trace     prints each step",
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
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--seeds" -> seeds = number(arguments, ++i);
        case "--from" -> from = number(arguments, ++i);
        case "--trace" -> printsTrace = true;
        case "--help" -> {
          USAGE.forEach(out::println);
          return 0;
        }
        default ->
            throw new IllegalArgumentException("unknown option [%s]".formatted(arguments.get(i)));
      }
    }
    return simulate(from, seeds, printsTrace);
  }

  private static long number(List<String> arguments, int place) {
    String text = place < arguments.size() ? arguments.get(place) : "";
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "[%s] must be followed by a number, was followed by [%s]"
              .formatted(arguments.get(place - 1), text),
          e);
    }
  }

  private int simulate(long from, long seeds, boolean printsTrace) {
    long steps = 0;
    long failed = 0;
    for (long seed = from; seed < from + seeds; seed++) {
      SeedResult result = SeedResult.of(seed, GeneratedRuns.simulator());
      steps += result.steps();
      if (result.failure() != null) {
        failed++;
        SeedResult shortest = SeedResult.shortest(seed, GeneratedRuns.simulator());
        out.println(printsTrace ? shortest.describe() : shortest.message());
        out.printf(
            Locale.ROOT,
            "seed %d failed; repeat it with bin/simulate --seeds 1 --from %d --trace%n",
            seed,
            seed);
      } else if (printsTrace) {
        out.println(SeedResult.whole(seed, GeneratedRuns.simulator()).describe());
      }
    }
    out.printf(Locale.ROOT, "%d seeds, %d failed, %d steps%n", seeds, failed, steps);
    return failed == 0 ? 0 : 1;
  }
}

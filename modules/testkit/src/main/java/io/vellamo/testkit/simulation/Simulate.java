package io.vellamo.testkit.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command that simulates generated queries.
 *
 * @since 0.1
 */
public final class Simulate {
  private Simulate() {}

  /**
   * Runs seeds, and ends with code 1 if one fails.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out));
  }

  private static int run(List<String> arguments, PrintStream out) {
    long seeds = number(arguments, "--seeds", 1000);
    long from = number(arguments, "--from", 1);
    boolean traces = arguments.contains("--trace");
    long began = System.nanoTime();
    long steps = 0;
    Map<String, List<Long>> failed = new TreeMap<>();
    for (long seed = from; seed < from + seeds; seed++) {
      GeneratedRuns.Result result = GeneratedRuns.run(seed, PlantedFault.NONE, traces);
      steps += result.steps();
      Throwable failure = result.failure();
      if (failure != null) {
        result.trace().forEach(out::println);
        String text = String.valueOf(failure.getMessage());
        String kind = text.replaceAll("[0-9]+", "#");
        failed
            .computeIfAbsent(kind.substring(0, Math.min(90, kind.length())), x -> new ArrayList<>())
            .add(seed);
        if (traces || failed.size() < 4) {
          out.println("seed " + seed + " failed: " + text);
          if (!(failure instanceof AssertionError) || traces || text.startsWith("s")) {
            Arrays.stream(failure.getStackTrace())
                .limit(14)
                .forEach(f -> out.println("    at " + f));
          }
        }
      }
      if (traces) {
        out.println("hash " + Long.toHexString(result.hash()));
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    failed.forEach(
        (kind, list) ->
            out.println(
                list.size()
                    + " seeds, "
                    + list.subList(0, Math.min(6, list.size()))
                    + ": "
                    + kind));
    out.printf(
        "%d seeds, %d steps, %.1f s, %.1f seeds a second%n",
        seeds, steps, seconds, seeds / seconds);
    return failed.isEmpty() ? 0 : 1;
  }

  private static long number(List<String> arguments, String name, long otherwise) {
    int at = arguments.indexOf(name);
    return at < 0 ? otherwise : Long.parseLong(arguments.get(at + 1));
  }
}

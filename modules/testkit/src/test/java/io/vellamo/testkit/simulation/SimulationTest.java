package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole queries under seeds. */
class SimulationTest {
  /** Simulates other seeds: {@code -Dseed=N} for the first of them. */
  private static final long FIRST = Long.getLong("seed", 1);

  private static final int SEEDS = 300;

  private static final int SEEDS_OF_WHOLE_RESULTS = 200;

  @Test
  void seeds_anyFaults_resultsHold() {
    requireResults(GeneratedRuns.simulator(), SEEDS, "");
  }

  @Test
  void seeds_ofWholeResultsInPages_resultsHold() {
    requireResults(GeneratedRuns.ofWholeResults(), SEEDS_OF_WHOLE_RESULTS, " --complete");
  }

  private static void requireResults(SeedResult.Simulator simulator, int seeds, String options) {
    for (long seed = FIRST; seed < FIRST + seeds; seed++) {
      SeedResult result = SeedResult.of(seed, simulator);
      if (result.failure() != null) {
        SeedResult smallest = Shrinking.of(seed, simulator, true);
        throw new AssertionError(
            "seed [%d] failed; repeat it with %s%s%n%s"
                .formatted(seed, smallest.command(), options, smallest.describe()),
            result.failure());
      }
    }
  }

  @Test
  void pages_areInterruptedLateAndDoubled() {
    List<String> steps = new ArrayList<>();
    for (long seed = 1; seed <= 60; seed++) {
      SeedResult.Simulator simulator = GeneratedRuns.ofWholeResults();
      steps.addAll(SeedResult.traced(seed, simulator, SeedReduction.NONE).trace());
    }

    assertThat(steps)
        .anyMatch(step -> step.contains(" answers Page 3 "))
        .anyMatch(step -> step.contains("sent twice: ") && step.contains(" answers Page "))
        .anyMatch(step -> step.contains("sent twice: ") && step.contains(" NextPage "))
        .anyMatch(step -> step.contains("happens, not reported yet: ") && step.contains(": page "));
  }

  @Test
  void seed_again_sameTrace() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(SeedResult.of(seed, GeneratedRuns.simulator()).hash())
          .isEqualTo(SeedResult.of(seed, GeneratedRuns.simulator()).hash());
    }
  }

  @Test
  void seeds_different_differentTraces() {
    assertThat(SeedResult.of(1, GeneratedRuns.simulator()).hash())
        .isNotEqualTo(SeedResult.of(2, GeneratedRuns.simulator()).hash());
  }

  @Test
  void program_seeds_toldWithTheirSteps() {
    assertThat(run("--seeds", "2", "--from", "7"))
        .startsWith("2 seeds, 0 failed, ")
        .endsWith("exit 0");
    assertThat(run("--seeds", "1", "--trace")).contains("run 1 starts", "everything held");
    assertThat(run("--seeds", "3", "--complete", "--trace")).contains(" answers Page 0 ");
    assertThat(run("--seeds", "2", "--cluster", "--trace")).contains("node 1, shard ");
  }

  @Test
  void program_reduction_leavesOut() {
    String whole = run("--seeds", "1", "--from", "2", "--trace");
    String reduced =
        run("--seeds", "1", "--from", "2", "--trace", "--fault-steps", "30", "--events", "3");

    assertThat(reduced).contains("everything held").hasSizeLessThan(whole.length());
    assertThat(whole).contains("clock is set");
    assertThat(run("--seeds", "1", "--from", "2", "--trace", "--without", "clock"))
        .doesNotContain("clock is set");
  }

  @Test
  void program_wrongOption_usage() {
    assertThat(run("--seeds", "few"))
        .startsWith("[--seeds] must be followed by a number, was followed by [few]")
        .endsWith("exit 2");
    assertThat(run("--help")).startsWith("Simulates queries").endsWith("exit 0");
    assertThat(run("--events", "0"))
        .startsWith("[--events] must be followed by a positive number, was followed by [0]")
        .endsWith("exit 2");
    assertThat(run("--without", "flood")).contains("was [flood]").endsWith("exit 2");
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int code =
        Simulate.run(List.of(arguments), new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8) + "exit " + code;
  }
}

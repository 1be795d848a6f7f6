package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole queries under seeds. */
class SimulationTest {
  /** Simulates other seeds: {@code -Dseed=N} for the first of them. */
  private static final long FIRST = Long.getLong("seed", 1);

  private static final int SEEDS = 300;

  @Test
  void seeds_anyFaults_resultsHold() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      SeedResult result = SeedResult.of(seed, GeneratedRuns.simulator());
      if (result.failure() != null) {
        SeedResult smallest = Shrinking.of(seed, GeneratedRuns.simulator(), true);
        throw new AssertionError(
            "seed [%d] failed; repeat it with %s%n%s"
                .formatted(seed, smallest.command(), smallest.describe()),
            result.failure());
      }
    }
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

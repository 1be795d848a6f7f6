package io.vellamo.actors.seeded;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.testkit.simulation.Trace;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/** Queries on the real actors under seeds. */
final class ShellSimulationTest {
  /** Simulates other seeds: {@code -Dseed=N} for the first of them, {@code -Dseeds=N} for more. */
  private static final long FIRST = Long.getLong("seed", 1);

  private static final long SEEDS = Long.getLong("seeds", 40);

  @Test
  void seeds_anyFaults_resultsHold() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Throwable failure = failure(seed, new Trace(false));
      if (failure != null) {
        Trace trace = new Trace(true);
        failure(seed, trace);
        throw new AssertionError(
            "seed [%d] failed; repeat it with -Dtest=ShellSimulationTest -Dseed=%d -Dseeds=1%n%s%n%s"
                .formatted(seed, seed, String.join("\n", trace.lines()), failure.getMessage()),
            failure);
      }
    }
  }

  @Test
  void seed_again_sameTrace() {
    for (long seed = 1; seed <= 5; seed++) {
      Trace first = new Trace(true);
      Trace second = new Trace(true);
      failure(seed, first);
      failure(seed, second);

      assertThat(second.lines()).isEqualTo(first.lines());
    }
  }

  private static @Nullable Throwable failure(long seed, Trace trace) {
    try {
      new ShellSimulation(seed, trace).run();
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }
}

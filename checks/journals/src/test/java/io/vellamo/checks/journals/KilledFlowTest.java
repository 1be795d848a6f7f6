package io.vellamo.checks.journals;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.replay.JournalReplay;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream with a query as a stage that is killed with SIGKILL loses no row, and with ids counts
 * each element once.
 *
 * <p>The seed is in every message; {@code -Dseed=N} repeats a run.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class KilledFlowTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int KILLS = 6;

  @TempDir private Path directory;

  @Test
  void elementsWithIds_areCountedOnce_andNoRowIsLost() throws Exception {
    FlowProgram program = new FlowProgram(directory, true);

    killAtRandomMoments(program);

    assertThat(new HashSet<>(program.rows()))
        .as("seed " + SEED)
        .isEqualTo(new HashSet<>(FlowProgram.expectedRows()));
  }

  @Test
  void elementsWithoutIds_areCountedAtLeastOnce_andNoRowIsLost() throws Exception {
    FlowProgram program = new FlowProgram(directory, false);

    killAtRandomMoments(program);

    Set<String> rows = new HashSet<>(program.rows());
    assertThat(rows).as("seed " + SEED).containsAll(FlowProgram.expectedRows());
    Map<String, Integer> counts = highestCounts(program.rows());
    counts.forEach(
        (key, highest) -> {
          for (int count = 1; count <= highest; count++) {
            assertThat(rows).as("seed " + SEED).contains(FlowProgram.row(key, count));
          }
        });
  }

  private void killAtRandomMoments(FlowProgram program) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    TestedJournal journal = TestedJournals.embedded(directory.resolve("journal"));
    KilledProgram killed =
        new KilledProgram(
            FlowProgram.class,
            directory,
            TestSystem.settings(journal, ""),
            List.of(directory.toString(), Boolean.toString(program.hasIds())));
    for (int kill = 0; kill < KILLS; kill++) {
      killed.runAndKill(program::size, random.nextInt(1, 20_000), random);
    }
    assertThat(program.committedOffset()).as("seed " + SEED).isLessThan(FlowProgram.NUMBERS);

    killed.runToTheEnd();

    assertThat(program.committedOffset()).as("seed " + SEED).isEqualTo(FlowProgram.NUMBERS);
    try (TestSystem system = TestSystem.start(journal)) {
      assertThat(
              JournalReplay.on(system.system())
                  .verify("flow")
                  .toCompletableFuture()
                  .join()
                  .findings())
          .isEmpty();
    }
  }

  private static Map<String, Integer> highestCounts(List<String> rows) {
    Map<String, Integer> counts = new HashMap<>();
    for (String row : rows) {
      String[] parts = row.split(" ", -1);
      counts.merge(parts[0], Integer.parseInt(parts[1]), Math::max);
    }
    return counts;
  }
}

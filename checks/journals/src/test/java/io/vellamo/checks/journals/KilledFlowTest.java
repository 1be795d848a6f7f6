package io.vellamo.checks.journals;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.VerifyReport;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stream with a query as a stage that is killed with SIGKILL loses no row, and with ids counts
 * each element once.
 *
 * <p>The seed is in every message; {@code -Dseed=N} repeats a run.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class KilledFlowTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int KILLS = 4;
  private static final long HELD_MILLIS = 300;

  @TempDir private Path directory;

  @Test
  void elementsWithIds_areCountedOnce_andNoRowIsLost() throws Exception {
    FlowProgram program = program(true, 0);

    killAtRandomMoments(program);
    runToTheEnd(program);

    assertThat(new HashSet<>(program.rows()))
        .as("seed " + SEED)
        .isEqualTo(new HashSet<>(FlowProgram.expectedRows()));
  }

  @Test
  void elementsWithoutIds_areCountedAtLeastOnce_andNoRowIsLost() throws Exception {
    FlowProgram program = program(false, 0);

    killAtRandomMoments(program);
    runToTheEnd(program);

    assertNoRowIsLost(program);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsThatTheStreamHolds_comeOutAgain(boolean hasIds) throws Exception {
    for (int list : List.of(1, 7)) {
      FlowProgram program = program(hasIds, list);
      // Long enough for an epoch that does not wait for its rows to be committed.
      killed(program).runAndKill(program::held, 1, HELD_MILLIS);
    }
    runToTheEnd(program(hasIds, 0));

    assertNoRowIsLost(program(hasIds, 0));
  }

  private FlowProgram program(boolean hasIds, int holdsAt) {
    return new FlowProgram(directory, hasIds, holdsAt);
  }

  private void assertNoRowIsLost(FlowProgram program) throws Exception {
    Set<String> rows = new HashSet<>(program.rows());
    assertThat(rows).as("seed " + SEED).containsAll(FlowProgram.expectedRows());
    highestCounts(program.rows())
        .forEach(
            (key, highest) -> {
              for (int count = 1; count <= highest; count++) {
                assertThat(rows).as("seed " + SEED).contains(FlowProgram.row(key, count));
              }
            });
  }

  private void killAtRandomMoments(FlowProgram program) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      killed(program).runAndKill(program::size, random.nextInt(1, 20_000), random);
    }
    assertThat(program.committedOffset()).as("seed " + SEED).isLessThan(FlowProgram.NUMBERS);
  }

  private void runToTheEnd(FlowProgram program) throws Exception {
    killed(program).runToTheEnd();

    assertThat(program.committedOffset()).as("seed " + SEED).isEqualTo(FlowProgram.NUMBERS);
    try (TestSystem system = TestSystem.start(journal())) {
      VerifyReport report =
          JournalReplay.on(system.system()).verify("flow").toCompletableFuture().join();
      assertThat(report.findings()).as("seed " + SEED).isEmpty();
    }
  }

  private KilledProgram killed(FlowProgram program) {
    return new KilledProgram(
        FlowProgram.class,
        List.of(
            directory.toString(),
            Boolean.toString(program.hasIds()),
            Integer.toString(program.holdsAt())),
        directory,
        TestSystem.settings(journal(), ""));
  }

  private TestedJournal journal() {
    return TestedJournals.embedded(directory.resolve("journal"));
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

package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.OrderRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.replay.KeyDifference;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplayReport;
import io.vellamo.replay.VerifyReport;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded inputs of a processor through the same processor and through changed ones. */
final class ProcessorReplayTest {
  private static final String RECORD_ALL = RECORD_INPUTS + KEEP_HISTORY;
  private static final String SPLIT =
      "\nvellamo.journal { max-record-size = 300, max-write-size = 600 }";
  private static final long PATIENCE = 10;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sameProcessor_overRestartsSnapshotsAndSplitRecords_makesTheSame(long seed) throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runs.random(seed, PATIENCE, RECORD_ALL + SNAPSHOT_OFTEN + SPLIT);

    try (VisitRuns.Run run = runs.start("")) {
      ReplayReport report = get(run.replay().replay(NAME, Replacement.process(new Orders(PATIENCE))));

      assertThat(report.differences()).isEmpty();
      assertThat(report.isSame()).isTrue();
      assertThat(report.firstEpoch()).isEqualTo(1);
      assertThat(report.recordedRows()).isEqualTo(runs.reminders.rows().size()).isPositive();
      assertThat(report.replayedRows()).isEqualTo(report.recordedRows());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void sameProcessor_onAJournalWithoutItsBeginning_makesTheSame(long seed) throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runs.random(seed, PATIENCE, RECORD_INPUTS + SNAPSHOT_OFTEN + SPLIT);

    try (VisitRuns.Run run = runs.start("")) {
      ReplayReport report = get(run.replay().replay(NAME, Replacement.process(new Orders(PATIENCE))));

      assertThat(report.differences()).isEmpty();
      assertThat(report.firstEpoch()).isGreaterThan(1);
      assertThat(report.sameGroups()).isPositive();
    }
  }

  @Test
  void changedProcessor_emitsWhatItsOwnQueryWould() throws Exception {
    OrderRuns recorded = new OrderRuns(directory.resolve("recorded"));
    OrderRuns changed = new OrderRuns(directory.resolve("changed"));
    recorded.random(6, PATIENCE, RECORD_ALL);
    changed.random(6, 4, "");

    try (VisitRuns.Run run = recorded.start("")) {
      ReplayReport report = get(run.replay().replay(NAME, Replacement.process(new Orders(4))));

      assertThat(report.replayedRows()).isEqualTo(changed.reminders.rows().size());
      assertThat(report.recordedRows()).isEqualTo(recorded.reminders.rows().size());
      assertThat(report.otherRowGroups()).isPositive();
      assertThat(report.differences())
          .hasSize((int) report.differentGroups())
          .extracting(KeyDifference::epoch)
          .isSorted();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void journal_ofRandomOrders_isRight(long seed) throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runs.random(seed, PATIENCE, KEEP_HISTORY + SNAPSHOT_OFTEN + SPLIT);

    try (VisitRuns.Run run = runs.start("")) {
      VerifyReport report = get(run.replay().verify(NAME));

      assertThat(report.findings()).isEmpty();
      assertThat(report.snapshotGroups()).isPositive();
      assertThat(report.groups()).isPositive();
    }
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}

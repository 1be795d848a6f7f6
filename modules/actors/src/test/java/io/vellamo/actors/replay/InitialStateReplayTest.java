package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplayReport;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that begins with initial states. */
final class InitialStateReplayTest {
  private static final Replacement<String, String, Integer, Integer> SAME =
      Replacement.mapGroupsWithState(
          GroupStateTimeout.NONE, Integer.class, InitialStateReplayTest::total);

  @TempDir private Path directory;

  @Test
  void verify_findsTheInitialStatesInTheJournal() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(KEEP_HISTORY)) {
      runTwoEpochs(run);

      assertThat(run.verifyRunning("totals").toCompletableFuture().get().isRight()).isTrue();
    }
  }

  @Test
  void replay_withTheFirstEpoch_isRefused_asItsInputsAreNotAllThereIs() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_INPUTS + KEEP_HISTORY)) {
      runTwoEpochs(run);

      assertThatThrownBy(() -> run.replay().replay("totals", SAME).toCompletableFuture().get())
          .hasMessageContaining("those of epoch [1] are not")
          .hasMessageContaining("or begin with a later epoch");
    }
  }

  @Test
  void replay_fromTheSecondEpoch_beginsWithWhatTheFirstLeft() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_INPUTS + KEEP_HISTORY)) {
      runTwoEpochs(run);

      ReplayReport report = run.replay().replay("totals", SAME, 2, 10).toCompletableFuture().get();

      assertThat(report.isSame()).isTrue();
      assertThat(report.events()).isEqualTo(2);
    }
  }

  private static void runTwoEpochs(VisitRuns.Run run) throws InterruptedException {
    MemorySource<String> words = MemorySource.create();
    MemorySink<Integer> totals = MemorySink.create();
    StreamingQuery query =
        Vellamo.get(run.system())
            .query("totals")
            .from(words)
            .groupByKey(word -> word)
            .withInitialState(InitialState.of(Integer.class, Map.of("a", 10, "b", 20)))
            .mapGroupsWithState(GroupStateTimeout.NONE, InitialStateReplayTest::total)
            .to(totals)
            .start();
    words.add("a");
    query.processAllAvailable();
    words.add("a", "b");
    query.processAllAvailable();
    query.stop();
    assertThat(totals.rows()).containsExactlyInAnyOrder(11, 20, 12, 21);
  }

  private static Integer total(String word, Iterator<String> events, GroupState<Integer> state) {
    int total = state.optional().orElse(0);
    for (; events.hasNext(); events.next()) {
      total++;
    }
    state.update(total);
    return total;
  }
}

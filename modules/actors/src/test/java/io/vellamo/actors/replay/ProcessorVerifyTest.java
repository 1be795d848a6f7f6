package io.vellamo.actors.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.replay.VerifyReport;
import io.vellamo.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals of processors whose variables change between starts, compared with running shards. */
final class ProcessorVerifyTest {
  private static final ValueVariable<Integer> COUNT = Variables.value("count", Integer.class);
  private static final MapVariable<String, Integer> WORDS =
      Variables.map("words", String.class, Integer.class);
  private static final ProcessingTimer CLOCK = ProcessingTimer.named("clock");

  /**
   * Counts words by their first letters.
   *
   * @param countsAll whether it also has a count and a timer of each letter
   */
  record Letters(boolean countsAll) implements GroupProcessor<String, String, String> {
    @Override
    public void declare(Declarations declarations) {
      declarations.use(WORDS);
      if (countsAll) {
        declarations.use(COUNT).use(CLOCK);
      }
    }

    @Override
    public void onEvents(String key, Iterator<String> words, GroupContext<String> group) {
      while (words.hasNext()) {
        String word = words.next();
        if (word.endsWith("-")) {
          group.map(WORDS).clear();
        } else {
          group.map(WORDS).merge(word, 1, Integer::sum);
        }
        if (countsAll) {
          group.value(COUNT).update(group.value(COUNT).orElse(0) + 1);
          group.timers(CLOCK).setAfter(Duration.ofDays(1));
        }
      }
    }

    @Override
    public void onTimer(String key, Timer timer, GroupContext<String> group) {
      group.value(COUNT).remove();
    }
  }

  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();
  private final ManualClock clock = ManualClock.at(Instant.EPOCH);

  @TempDir private Path directory;

  @Test
  void droppedVariables_areForgottenByShardsAndByTheirJournals() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    String settings = VisitRuns.SNAPSHOT_OFTEN + VisitRuns.KEEP_HISTORY;
    run(runs, settings, true, "a1", "a2", "b1", "c1", "d1", "e1");
    // The words of "b" are gone, so that only dropped variables would be left.
    run(runs, settings, true, "b-", "a1", "a3");
    run(runs, settings, false, "a4", "f1", "c-");
    clock.advance(Duration.ofDays(2));
    run(runs, settings, false, "a5", "g1");
    run(runs, settings, true, "a6", "b2");
  }

  private void run(VisitRuns runs, String settings, boolean countsAll, String... added)
      throws Exception {
    try (VisitRuns.Run run = runs.start(settings)) {
      StreamingQuery query =
          Vellamo.get(run.system())
              .query("letters")
              .from(words)
              .groupByKey(word -> word.substring(0, 1))
              .process(OutputMode.UPDATE, new Letters(countsAll))
              .to(rows)
              .clock(clock)
              .start();
      for (String word : added) {
        words.add(word);
        query.processAllAvailable();
        verify(run);
      }
      query.stop();
    }
  }

  private static void verify(VisitRuns.Run run) throws Exception {
    VerifyReport report =
        run.verifyRunning("letters").toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(report.findings()).isEmpty();
    assertThat(report.liveShards()).isEqualTo(2);
  }
}

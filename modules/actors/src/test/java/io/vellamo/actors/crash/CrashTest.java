package io.vellamo.actors.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A query that is killed with SIGKILL leaves, once it has run to its end, what an undisturbed one
 * leaves: byte for byte, after sorting.
 *
 * <p>Two runs at a time: each spends its time in several processes, one after the other. The seed
 * is in every message; {@code -Dseed=N} repeats a run.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class CrashTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int KILLED = 128 + 9;
  private static final int KILLS = 25;
  private static final Pattern EVENTS = Pattern.compile("\"events\":(\\d+)");

  private CrashRuns runs = uninitialized();
  private long runMillis;

  @BeforeAll
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void runUndisturbed(@TempDir Path root) throws Exception {
    runs = new CrashRuns(root, SEED);
    assertThat(runs.runToTheEnd("undisturbed")).isZero();
    // As fast as those that follow: the first one also archives its classes.
    long began = System.nanoTime();
    assertThat(runs.runToTheEnd("timed")).isZero();
    runs.assertSame("timed", "undisturbed");
    runMillis = Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  @Test
  void undisturbedRun_countsEveryEventOnce() throws Exception {
    assertThat(eventsInRows("undisturbed")).isEqualTo(CrashRuns.EVENTS);
    assertThat(runs.lines("undisturbed", "dead-letters")).hasSize(CrashRuns.BROKEN_LINES);
  }

  @ParameterizedTest
  @CsvSource({
    "PLANNED, 1",
    "PLANNED, 57",
    "CALLING_GROUPS, 1",
    "CALLING_GROUPS, 1500",
    "CALLING_GROUPS, 6000",
    "SOME_SHARDS_WRITTEN, 1",
    "SOME_SHARDS_WRITTEN, 3000",
    "SHARDS_WRITTEN, 1",
    "SHARDS_WRITTEN, 23",
    "SINK_WRITTEN, 1",
    "SINK_WRITTEN, 23",
    "COMMITTED, 1",
    "COMMITTED, 57"
  })
  @Execution(ExecutionMode.CONCURRENT)
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void killedAtAStep_goesOnAsIfNothingHadBeen(CrashStep step, int times) throws Exception {
    String run = step + "-" + times;

    assertThat(runs.runToTheEnd(run, step.name(), Integer.toString(times))).isEqualTo(KILLED);
    assertThat(runs.runToTheEnd(run)).isZero();

    runs.assertSame(run, "undisturbed");
  }

  @ParameterizedTest
  @CsvSource({
    "RANGE_WRITTEN, 1",
    "RANGE_WRITTEN, 46",
    "RANGE_COMMITS, 1",
    "RANGE_COMMITS, 46",
    "RANGE_COMMITTED, 1",
    "RANGE_COMMITTED, 46"
  })
  @Execution(ExecutionMode.CONCURRENT)
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void killedWhileRangesAreWritten_goesOnAsIfNothingHadBeen(CrashStep step, int times)
      throws Exception {
    String run = step + "-" + times;

    assertThat(runs.runInRangesToTheEnd(run, step.name(), Integer.toString(times)))
        .isEqualTo(KILLED);
    assertThat(runs.runInRangesToTheEnd(run)).isZero();

    runs.assertSame(run, "undisturbed");
  }

  @Test
  void plannedEpoch_restartedWithSmallerEpochs_isRunAsPlanned() throws Exception {
    String run = "smaller";
    assertThat(runs.runToTheEnd(run, CrashStep.SHARDS_WRITTEN.name(), "5")).isEqualTo(KILLED);

    assertThat(runs.runToTheEndWithEpochsOf(130, run)).isZero();

    assertThat(eventsInRows(run)).isEqualTo(CrashRuns.EVENTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Execution(ExecutionMode.CONCURRENT)
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void killedAtRandomMoments_goesOnAsIfNothingHadBeen(int series) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED + series);
    int kills = 0;
    int hits = 0;
    // A machine may be busier now than when the undisturbed run was timed, or less so.
    double slower = 1;
    for (int storm = 1; kills < KILLS; storm++) {
      String run = "storm-%d-%d".formatted(series, storm);
      boolean ended = false;
      while (!ended) {
        Process process = runs.start(run);
        long millis = (long) (slower * random.nextLong(runMillis / 4, runMillis));
        ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        if (ended) {
          assertThat(process.exitValue()).as("seed " + SEED).isZero();
          slower = Math.max(1, slower * 0.7);
        } else if (kills < KILLS) {
          process.destroyForcibly().waitFor();
          kills++;
          boolean hit = runs.hasRows(run);
          hits += hit ? 1 : 0;
          slower = hit ? slower : Math.min(3, slower * 1.1);
        } else {
          assertThat(process.waitFor()).as("seed " + SEED).isZero();
          ended = true;
        }
      }
      runs.assertSame(run, "undisturbed");
    }
    assertThat(hits).as("kills of a query that had written rows").isGreaterThan(KILLS / 2);
  }

  private long eventsInRows(String run) throws Exception {
    long events = 0;
    for (String row : runs.lines(run, "rows")) {
      Matcher matcher = EVENTS.matcher(row);
      assertThat(matcher.find()).isTrue();
      events += Long.parseLong(matcher.group(1));
    }
    return events;
  }

  @SuppressWarnings("NullAway") // set before each test
  private static CrashRuns uninitialized() {
    return null;
  }
}

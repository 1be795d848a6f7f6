package io.vellamo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.samples.run.PartFiles;
import io.vellamo.samples.sessions.ActorSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample in a process of its own, killed with SIGKILL and started again. */
final class KilledSampleTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int KILLS = 4;

  /** Small epochs, so that there are many moments to be killed at. */
  private static final String EVENTS_PER_EPOCH = "250";

  @TempDir private Path directory;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void killedSample_startedAgain_givesEverySessionOnce() throws Exception {
    SampleProcess undisturbed = new SampleProcess(directory.resolve("undisturbed"));
    undisturbed.run("github-sessions");
    SampleProcess killed = new SampleProcess(directory.resolve("killed"));
    SplittableRandom random = new SplittableRandom(SEED);
    int kills = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      kills += runAndKillAfter(random.nextLong(20, 1200), killed) ? 1 : 0;
    }

    SampleProcess.Outcome last = killed.run("github-sessions");

    assertThat(kills).as("kills in the midst of a run, seed " + SEED).isPositive();
    assertThat(last.exitCode()).isZero();
    assertThat(last.figure("sessions")).isEqualTo("6,494");
    assertThat(sessions(killed))
        .hasSize(6494)
        .containsExactlyInAnyOrderElementsOf(sessions(undisturbed));
  }

  /**
   * Kills the sample a while after its journal was opened; returns false if the run ended before.
   */
  private static boolean runAndKillAfter(long millis, SampleProcess sample) throws Exception {
    Path lock = sample.data().resolve("journal").resolve("lock");
    FileTime before = lastTaken(lock);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Samples.class.getName(),
                "github-sessions",
                "--data=" + sample.data(),
                "--out=" + sample.out(),
                "--max-events-per-epoch=" + EVENTS_PER_EPOCH)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
      if (!lastTaken(lock).equals(before)) {
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
      }
    }
    assertThat(process.exitValue()).isZero();
    return false;
  }

  private static FileTime lastTaken(Path lock) throws IOException {
    return Files.exists(lock) ? Files.getLastModifiedTime(lock) : FileTime.fromMillis(0);
  }

  private static List<ActorSession> sessions(SampleProcess process) throws IOException {
    return PartFiles.read(process.out(), ActorSession.class);
  }
}

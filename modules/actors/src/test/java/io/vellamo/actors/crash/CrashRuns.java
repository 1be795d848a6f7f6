package io.vellamo.actors.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EventCounts;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.QueryOverview;
import io.vellamo.replay.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Runs the query in JVMs of its own and compares what they leave. */
final class CrashRuns {
  static final int EVENTS = 20_000;
  static final int BROKEN_LINES = 20;

  private static final int KEYS = 500;
  private static final long PATIENCE_SECONDS = 60;

  private final Path root;
  private final ProgramJvm jvm;

  /** Makes the input below a directory. */
  CrashRuns(Path root, long seed) throws IOException {
    this.root = root;
    this.jvm = ProgramJvm.in(root.resolve("jvm"));
    SplittableRandom random = new SplittableRandom(seed);
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      now = now.plusMillis(random.nextInt(40));
      lines.add(
          "{\"key\":\"k%d\",\"time\":\"%s\",\"value\":%d}"
              .formatted(
                  random.nextInt(KEYS),
                  now.minusMillis(random.nextInt(50_000)),
                  random.nextInt(100)));
      if (i % (EVENTS / BROKEN_LINES) == 0) {
        lines.add("broken line " + i);
      }
    }
    Files.write(root.resolve("input.jsonl"), lines);
  }

  /** Starts the query on the directories of a run. */
  Process start(String run, String... crash) throws IOException {
    return start(run, 200, crash);
  }

  private Process start(String run, int epoch, String... crash) throws IOException {
    return start(run, List.of("-Depoch=" + epoch), crash);
  }

  private Process start(String run, List<String> settings, String... crash) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(root.resolve(run).toString());
    arguments.addAll(List.of(crash));
    List<String> command = jvm.command(settings, CrashProgram.class, arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(run).toFile()))
        .start();
  }

  /** Runs the query to its end and says how it ended. */
  int runToTheEnd(String run, String... crash) throws Exception {
    return exitValue(run, start(run, crash));
  }

  /** Runs the query to its end with a sink that is written in ranges, and says how it ended. */
  int runInRangesToTheEnd(String run, String... crash) throws Exception {
    return exitValue(run, start(run, List.of("-Dranges=true"), crash));
  }

  /** Runs the query to its end with epochs of another size. */
  int runToTheEndWithEpochsOf(int epoch, String run) throws Exception {
    return exitValue(run, start(run, epoch));
  }

  private int exitValue(String run, Process process) throws Exception {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end:\n" + Files.readString(log(run)));
    }
    return process.exitValue();
  }

  /** Asserts that a run left what another left, and that its journal is right. */
  void assertSame(String run, String expected) throws IOException {
    assertJournalIsRight(run);
    assertThat(lines(run, "rows")).as(log(run).toString()).isEqualTo(lines(expected, "rows"));
    assertThat(lines(run, "dead-letters")).isEqualTo(lines(expected, "dead-letters"));
    try (Stream<Path> files = Files.walk(root.resolve(run).resolve("rows"))) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().endsWith(".tmp"));
    }
  }

  /** Builds the query anew from its journal, and counts its events. */
  private void assertJournalIsRight(String run) {
    ActorSystem<Void> system =
        ActorSystem.create(Behaviors.empty(), "verify", CrashProgram.config(root.resolve(run)));
    try {
      JournalReplay replay = JournalReplay.on(system);
      VerifyReport report = replay.verify("crash").toCompletableFuture().join();
      QueryOverview query = replay.query("crash").toCompletableFuture().join().query();

      assertThat(report.findings()).isEmpty();
      assertThat(report.recoveredShards()).isPositive();
      assertThat(query.events()).isEqualTo(new EventCounts(EVENTS, 0, BROKEN_LINES));
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  /** Returns whether a run has got as far as writing rows. */
  boolean hasRows(String run) throws IOException {
    return Files.exists(root.resolve(run).resolve("rows")) && !lines(run, "rows").isEmpty();
  }

  /** Returns the lines of all part files, sorted. */
  List<String> lines(String run, String output) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve(run).resolve(output))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    lines.sort(null);
    return lines;
  }

  private Path log(String run) {
    return root.resolve(run + ".log");
  }
}

package io.vellamo.checks.journals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Runs a query in JVMs of its own, and kills them with SIGKILL. */
final class KilledQuery {
  private static final int EVENTS_PER_EPOCH = 60;

  /** What an epoch changes in a shard takes several records and writes, to be killed between. */
  private static final String IN_PARTS =
      "vellamo.journal { max-record-size = 4 KiB, max-write-size = 8 KiB }";

  private static final int PATIENCE_SECONDS = 60;

  private final SessionQuery query;
  private final String settings;

  KilledQuery(SessionQuery query, TestedJournal journal) {
    this.query = query;
    this.settings = TestSystem.settings(journal, IN_PARTS);
  }

  /**
   * Runs the query until it has written the rows of some epochs more and a random moment has
   * passed, and kills it then.
   */
  void runAndKill(int epochs, SplittableRandom random) throws Exception {
    int until = query.epochsWithRows() + epochs;
    Process process = start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (query.epochsWithRows() < until) {
      if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
        throw failed("must not end before it is killed");
      }
      if (System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw failed("does not write");
      }
    }
    process.waitFor(random.nextLong(50), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
  }

  /** Runs the query to its end. */
  void runToTheEnd() throws Exception {
    Process process = start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw failed("does not end");
    }
    if (process.exitValue() != 0) {
      throw failed("ended with " + process.exitValue());
    }
  }

  private Process start() throws IOException {
    Path config = query.directory().resolve("application.conf");
    Files.writeString(config, settings);
    String java = ProcessHandle.current().info().command().orElse("java");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> flags = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");
    ProcessBuilder program = new ProcessBuilder(java);
    program.command().addAll(flags);
    program.command().addAll(List.of("-cp", classPath, "-Dconfig.file=" + config));
    program.command().add(SessionQuery.class.getName());
    program
        .command()
        .addAll(
            List.of(
                query.name(), query.directory().toString(), Integer.toString(EVENTS_PER_EPOCH)));
    return program
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private AssertionError failed(String how) throws IOException {
    return new AssertionError("the query " + how + ":\n" + Files.readString(log()));
  }

  private Path log() {
    return query.directory().resolve("log");
  }
}

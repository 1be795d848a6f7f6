package io.vellamo.checks.journals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program in JVMs of its own, and kills them with SIGKILL. */
final class KilledProgram {
  /** The progress of a program, which grows as long as it runs. */
  @FunctionalInterface
  interface Progress {
    int count() throws IOException;
  }

  private static final int PATIENCE_SECONDS = 60;

  private final Class<?> program;
  private final Path directory;
  private final String settings;
  private final List<String> arguments;

  /**
   * Creates a program that is not started.
   *
   * @param program has the main method
   * @param directory holds its configuration and its log
   * @param settings its configuration
   * @param arguments its arguments
   */
  KilledProgram(Class<?> program, Path directory, String settings, List<String> arguments) {
    this.program = program;
    this.directory = directory;
    this.settings = settings;
    this.arguments = arguments;
  }

  /**
   * Runs the program until it has made some progress more and a moment has passed, and kills it
   * then.
   */
  void runAndKill(Progress progress, int more, long momentMillis) throws Exception {
    int until = progress.count() + more;
    Process process = start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (progress.count() < until) {
      if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
        throw failed("must not end before it is killed");
      }
      if (System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw failed("makes no progress");
      }
    }
    process.waitFor(momentMillis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
  }

  /** Runs the program to its end. */
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
    Path config = directory.resolve("application.conf");
    Files.writeString(config, settings);
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("-Dconfig.file=" + config);
    command.add(program.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private AssertionError failed(String how) throws IOException {
    return new AssertionError("the program " + how + ":\n" + Files.readString(log()));
  }

  private Path log() {
    return directory.resolve("log");
  }
}

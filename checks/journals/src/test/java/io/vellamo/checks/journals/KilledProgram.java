package io.vellamo.checks.journals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs in JVMs of its own, which are killed with SIGKILL.
 *
 * @param main its main class
 * @param arguments its arguments
 * @param directory where its configuration and log are
 * @param settings its configuration
 */
record KilledProgram(Class<?> main, List<String> arguments, Path directory, String settings) {
  private static final int PATIENCE_SECONDS = 60;

  /** How far a program has come. */
  @FunctionalInterface
  interface Progress {
    int steps() throws IOException;
  }

  /**
   * Runs the program until it has gone some steps and a random moment has passed; kills it then.
   */
  void runAndKill(Progress progress, int steps, SplittableRandom random) throws Exception {
    runAndKill(progress, steps, random.nextLong(50));
  }

  /** Runs the program until it has gone some steps and a time has passed; kills it then. */
  void runAndKill(Progress progress, int steps, long afterMillis) throws Exception {
    int until = progress.steps() + steps;
    Process process = start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (progress.steps() < until) {
      if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
        throw failed("must not end before it is killed");
      }
      if (System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw failed("does not write");
      }
    }
    process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
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
    String java = ProcessHandle.current().info().command().orElse("java");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> flags = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");
    ProcessBuilder program = new ProcessBuilder(java);
    program.command().addAll(flags);
    program.command().addAll(List.of("-cp", classPath, "-Dconfig.file=" + config));
    program.command().add(main.getName());
    program.command().addAll(arguments);
    return program
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

package io.vellamo.journal.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process of its own that a test can kill. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildJvm start(Class<?> mainClass, String... arguments) throws IOException {
    return start(javaCommand(mainClass, arguments));
  }

  /** Starts a process after a shell command that sets its limits. */
  static ChildJvm startUnder(String limit, Class<?> mainClass, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", limit + " && exec \"$@\"", "sh"));
    command.addAll(javaCommand(mainClass, arguments));
    return start(command);
  }

  /** Starts a process by another command. */
  static ChildJvm startBy(List<String> starter, Class<?> mainClass, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(starter);
    command.addAll(javaCommand(mainClass, arguments));
    return start(command);
  }

  private static ChildJvm start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ChildJvm(builder.start());
  }

  private static List<String> javaCommand(Class<?> mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  long pid() {
    return process.pid();
  }

  /** Waits for the next lines. */
  List<String> lines(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("child must print [" + count + "] lines, printed " + lines);
      }
      lines.add(line);
    }
    return lines;
  }

  /** Kills the process without a chance to clean up, and returns what it had printed meanwhile. */
  List<String> kill() throws IOException, InterruptedException {
    // Not of the Process, which would close its output.
    process.toHandle().destroyForcibly();
    List<String> complete = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int next = output.read(); next >= 0; next = output.read()) {
      if (next == '\n') {
        complete.add(line.toString());
        line.setLength(0);
      } else {
        line.append((char) next);
      }
    }
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IOException("child [" + process.pid() + "] must be dead, is alive");
    }
    return complete;
  }

  /** Waits until the process ends by itself. */
  void awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IOException("child [" + process.pid() + "] must end, is alive");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

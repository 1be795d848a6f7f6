package io.vellamo.servers.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process whose lines of output this JVM reads, and which can be paused and killed. It is
 * killed when this JVM ends.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class JvmProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path log;
  private final Consumer<String> lines;
  private final Thread killer;
  private final Thread reader;

  private JvmProcess(Process process, Path log, Consumer<String> lines) {
    this.process = process;
    this.log = log;
    this.lines = lines;
    this.killer = new Thread(process::destroyForcibly, "kill-" + process.pid());
    this.reader = new Thread(this::read, "output-of-" + process.pid());
  }

  static JvmProcess start(List<String> command, Path log, Consumer<String> lines)
      throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    JvmProcess started = new JvmProcess(process, log, lines);
    Runtime.getRuntime().addShutdownHook(started.killer);
    started.reader.setDaemon(true);
    started.reader.start();
    return started;
  }

  private void read() {
    try (BufferedReader in = process.inputReader();
        Writer out =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(line);
        out.write(System.lineSeparator());
        out.flush();
        lines.accept(line);
      }
    } catch (IOException e) {
      return; // killed
    } finally {
      forget();
    }
  }

  /**
   * Returns the number of the process.
   *
   * @return the process id
   */
  public long pid() {
    return process.pid();
  }

  /**
   * Returns the file with the output so far.
   *
   * @return the file
   */
  public Path log() {
    return log;
  }

  /**
   * Returns whether the process runs.
   *
   * @return also true while it is paused
   */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Closes the process's input, by which a program can be asked to end. Has no effect if the
   * process has ended.
   */
  public void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Stops all threads of the process until {@link #resume}. Its connections stay open.
   *
   * @throws IOException if the signal can't be sent
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /**
   * Continues a paused process.
   *
   * @throws IOException if the signal can't be sent
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException(
          "Signal [%s] must reach process [%d], kill has ended with [%d]"
              .formatted(name, process.pid(), exit));
    }
  }

  /**
   * Kills the process as {@code kill -9} does, also if it is paused, and waits for its end.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit();
  }

  /**
   * Waits until the process has ended and all its lines are read.
   *
   * @return its exit code
   * @throws IllegalStateException if it has not ended after two minutes
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public int awaitExit() throws InterruptedException {
    if (!awaitExit(Duration.ofSeconds(PATIENCE_SECONDS))) {
      throw new IllegalStateException(
          "Process [%d] must end within %d s, still runs; see %s"
              .formatted(process.pid(), PATIENCE_SECONDS, log));
    }
    return process.exitValue();
  }

  /**
   * Waits for the end of the process.
   *
   * @param most the longest time to wait
   * @return whether it has ended and all its lines are read
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public boolean awaitExit(Duration most) throws InterruptedException {
    if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    reader.join();
    return true;
  }

  /** Kills the process if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook runs, or has run.
      return;
    }
  }
}

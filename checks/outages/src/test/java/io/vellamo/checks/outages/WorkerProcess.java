package io.vellamo.checks.outages;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A run of {@link OutageProgram} in a JVM of its own. */
final class WorkerProcess {
  private static final int PATIENCE_SECONDS = 120;
  private static final int KILLED = 128 + 9;

  private final Process process;
  private final Path log;
  private final Set<String> outages = ConcurrentHashMap.newKeySet();
  private volatile boolean isStarted;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static WorkerProcess start(Addresses addresses, KillPoint killPoint) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(OutageProgram.class.getName());
    command.addAll(addresses.toArguments());
    command.add(killPoint.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    WorkerProcess worker = new WorkerProcess(process, addresses.directory().resolve("worker.log"));
    Thread reader = new Thread(worker::read, "worker-log");
    reader.setDaemon(true);
    reader.start();
    return worker;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (line.equals(OutageProgram.STARTED)) {
          isStarted = true;
        } else if (line.startsWith(OutageProgram.OUTAGE)) {
          outages.add(line.substring(OutageProgram.OUTAGE.length()));
        }
      }
    } catch (IOException e) {
      return; // killed
    }
  }

  boolean isStarted() {
    return isStarted;
  }

  /** Returns the queries that have had an outage in this run. */
  Set<String> outages() {
    return Set.copyOf(outages);
  }

  /** Requires that no query has failed. */
  void requireAlive(String when) throws IOException {
    if (!process.isAlive()) {
      throw failed("must not end %s, has ended with [%d]".formatted(when, process.exitValue()));
    }
  }

  /** Kills the process after a time. */
  void killAfter(long millis, String when) throws Exception {
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw failed("must not end %s, has ended with [%d]".formatted(when, process.exitValue()));
    }
    process.destroyForcibly().waitFor();
  }

  /** Waits until the process has killed itself. */
  void awaitKilled(String when) throws Exception {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw failed("must kill itself %s".formatted(when));
    }
    if (process.exitValue() != KILLED) {
      throw failed("must kill itself %s, has ended with [%d]".formatted(when, process.exitValue()));
    }
  }

  /** Ends the queries. */
  void end() throws Exception {
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw failed("must end once its input does");
    }
    if (process.exitValue() != 0) {
      throw failed("must end with [0], has ended with [%d]".formatted(process.exitValue()));
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  private AssertionError failed(String how) throws IOException {
    return new AssertionError("the process " + how + ":\n" + Files.readString(log));
  }
}

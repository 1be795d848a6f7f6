package io.vellamo.checks.outages;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** The processes of a run, one after the other. */
final class OutageRun {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Addresses addresses;
  private WorkerProcess worker;

  private OutageRun(Addresses addresses, WorkerProcess worker) {
    this.addresses = addresses;
    this.worker = worker;
  }

  /** Starts the first process. */
  static OutageRun start(Addresses addresses) throws Exception {
    return new OutageRun(addresses, WorkerProcess.start(addresses, KillPoint.NONE));
  }

  /** Kills the process after a time, and starts the next. */
  void killAfter(long millis, String when) throws Exception {
    worker.killAfter(millis, when);
    worker = WorkerProcess.start(addresses, KillPoint.NONE);
  }

  /** Kills the process after a time, and the next one when it passes a point. */
  void killAfterAndAt(long millis, KillPoint point, String when) throws Exception {
    worker.killAfter(millis, when);
    worker = WorkerProcess.start(addresses, point);
    worker.awaitKilled("%s at [%s]".formatted(when, point));
    worker = WorkerProcess.start(addresses, KillPoint.NONE);
  }

  /** Waits until the process has started all queries. */
  void awaitStarted(String when) {
    await(when, "all queries started", () -> worker.isStarted());
  }

  /** Waits until all queries have had an outage in this process. */
  void awaitOutages(Set<String> names, String when) {
    await(when, "an outage of each query", () -> worker.outages().containsAll(names));
  }

  /** Waits for something that the queries do. */
  void await(String when, String what, Callable<Boolean> condition) {
    Awaitility.await()
        .alias("%s %s".formatted(what, when))
        .atMost(PATIENCE)
        .until(
            () -> {
              worker.requireAlive(when);
              return condition.call();
            });
  }

  /** Ends the queries. */
  void end() throws Exception {
    worker.end();
  }

  void kill() {
    worker.kill();
  }
}

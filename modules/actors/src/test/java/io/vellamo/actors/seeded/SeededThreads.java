package io.vellamo.actors.seeded;

import io.vellamo.actors.calls.CallThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;

/** Threads for user code that all are the test's own, which is never blocked. */
final class SeededThreads implements CallThreads {
  private final SeededTasks tasks;
  private final LongSupplier nanoTime;

  SeededThreads(SeededTasks tasks, LongSupplier nanoTime) {
    this.tasks = tasks;
    this.nanoTime = nanoTime;
  }

  @Override
  public ExecutorService serial(String name) {
    return new SerialExecutor(name, tasks);
  }

  @Override
  public Executor perTask(String name) {
    return new SeededExecutor(name, tasks);
  }

  @Override
  public long nanoTime() {
    return nanoTime.getAsLong();
  }
}

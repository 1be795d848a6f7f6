package io.vellamo.actors.seeded;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** An executor whose tasks run in order, each when the seed picks the executor. */
final class SerialExecutor extends AbstractExecutorService {
  private final String name;
  private final SeededTasks tasks;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean isShutdown;

  SerialExecutor(String name, SeededTasks tasks) {
    this.name = name;
    this.tasks = tasks;
  }

  @Override
  public synchronized void execute(Runnable task) {
    if (isShutdown) {
      throw new RejectedExecutionException(name);
    }
    waiting.add(task);
    if (waiting.size() == 1) {
      tasks.add(name, this::runFirst);
    }
  }

  private void runFirst() {
    try {
      first().run();
    } finally {
      removeFirst();
    }
  }

  private synchronized Runnable first() {
    return waiting.element();
  }

  private synchronized void removeFirst() {
    waiting.remove();
    if (!waiting.isEmpty()) {
      tasks.add(name, this::runFirst);
    }
  }

  @Override
  public synchronized void shutdown() {
    isShutdown = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    isShutdown = true;
    return List.of();
  }

  @Override
  public synchronized boolean isShutdown() {
    return isShutdown;
  }

  @Override
  public synchronized boolean isTerminated() {
    return isShutdown && waiting.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }
}

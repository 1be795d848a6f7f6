package io.vellamo.actors.seeded;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.pekko.dispatch.Mailbox;

/** An executor whose tasks run when the seed picks them, in any order. */
final class SeededExecutor extends AbstractExecutorService {
  /** Pekko numbers these in the whole process. */
  private static final Pattern NUMBERED =
      Pattern.compile("(StreamSupervisor|eventStreamUnsubscriber)-\\d+");

  private final String name;
  private final SeededTasks tasks;
  private volatile boolean isShutdown;

  SeededExecutor(String name, SeededTasks tasks) {
    this.name = name;
    this.tasks = tasks;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(nameOf(task), task);
  }

  private String nameOf(Runnable task) {
    return task instanceof Mailbox mailbox
        ? NUMBERED
            .matcher(mailbox.actor().self().path().toStringWithoutAddress())
            .replaceFirst("$1")
        : name;
  }

  @Override
  public void shutdown() {
    isShutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    isShutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return isShutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown;
  }
}

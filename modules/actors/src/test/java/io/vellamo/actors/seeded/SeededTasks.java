package io.vellamo.actors.seeded;

import io.vellamo.testkit.simulation.Dice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that may happen next in an actor system: a mailbox with messages, a task of an executor, an
 * answer of the journal. The seed picks one after the other.
 *
 * <p><b>Threading</b> Tasks are added by any thread and run by the test's.
 */
final class SeededTasks {
  private record Task(String name, long number, int notBefore, Runnable action) {}

  /** By name first: Pekko adds some tasks in the order of hash codes, which differ in each run. */
  private static final Comparator<Task> ORDER =
      Comparator.comparing(Task::name).thenComparingLong(Task::number);

  private final Dice dice;
  // Guarded by this, like all that follows.
  private final List<Task> waiting = new ArrayList<>();
  private long added;
  private int turn;
  private int delayed;
  private boolean isClosed;

  SeededTasks(Dice dice) {
    this.dice = dice;
  }

  /** Lets so many of a thousand tasks wait until others have run. */
  synchronized void delay(int perMille) {
    delayed = perMille;
  }

  synchronized void add(String name, Runnable action) {
    if (!isClosed) {
      waiting.add(new Task(name, added++, 0, action));
      notifyAll();
    }
  }

  /** Runs a task that the seed picks; returns its name, or null if there is none. */
  @Nullable String runNext() {
    Task next = pick();
    if (next == null) {
      return null;
    }
    next.action.run();
    return next.name;
  }

  private synchronized @Nullable Task pick() {
    while (!waiting.isEmpty()) {
      turn++;
      List<Task> possible =
          waiting.stream().filter(task -> task.notBefore <= turn).sorted(ORDER).toList();
      if (!possible.isEmpty()) {
        Task picked = dice.pick(possible);
        waiting.remove(picked);
        if (picked.notBefore > 0 || !dice.perMille(delayed)) {
          return picked;
        }
        waiting.add(
            new Task(picked.name, picked.number, turn + dice.between(1, 100), picked.action));
      }
    }
    return null;
  }

  /** Takes the task that was added first; returns null if there is none. */
  synchronized @Nullable Runnable takeFirst() {
    return waiting.isEmpty() ? null : waiting.remove(0).action;
  }

  /** Waits for a task, and takes the one that was added first. */
  synchronized Runnable awaitFirst() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    return waiting.remove(0).action;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Drops all tasks, and those that are still to be added. */
  synchronized void close() {
    isClosed = true;
    waiting.clear();
  }

  @Override
  public synchronized String toString() {
    return waiting.stream().sorted(ORDER).map(Task::name).collect(Collectors.joining(", "));
  }
}

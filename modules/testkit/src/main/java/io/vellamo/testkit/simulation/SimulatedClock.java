package io.vellamo.testkit.simulation;

import io.vellamo.api.query.QueryClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The clock of a simulation: elapsed time, and a wall clock that can be set.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class SimulatedClock implements QueryClock {
  private record Task(long dueMillis, Runnable task) {}

  private final List<Task> tasks = new ArrayList<>();
  private long monotonicMillis;
  private long aheadMillis;

  SimulatedClock(long wallMillis) {
    this.aheadMillis = wallMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    return monotonicMillis + aheadMillis;
  }

  @Override
  public long monotonicMillis() {
    return monotonicMillis;
  }

  /** Lets time pass. */
  void pass(long millis) {
    monotonicMillis += millis;
    List<Task> due = tasks.stream().filter(task -> task.dueMillis <= monotonicMillis).toList();
    tasks.removeAll(due);
    due.forEach(task -> task.task.run());
  }

  /** Sets the wall clock forward, or back if negative, while no time passes. */
  void set(long byMillis) {
    aheadMillis += byMillis;
  }

  @Override
  public WakeUp wakeAt(Instant moment, Runnable task) {
    Task waiting = new Task(moment.toEpochMilli() - aheadMillis, task);
    if (waiting.dueMillis <= monotonicMillis) {
      task.run();
      return () -> {};
    }
    tasks.add(waiting);
    return () -> tasks.remove(waiting);
  }
}

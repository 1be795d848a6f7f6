package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.QueryClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it.
 *
 * <p><b>Order</b> Tasks run in the order of their moments, and in the order of the {@link #wakeAt}
 * calls where moments are equal. While a task runs, the clock shows the task's moment.
 *
 * <p><b>Threading</b> Safe to share. Tasks run on the thread that moves the clock, or that calls
 * {@link #wakeAt} with a moment that has passed; no lock is held meanwhile, so a task may use the
 * clock.
 *
 * <p><b>Failure</b> A task that throws stops the move: the clock stays at that task's moment, later
 * tasks stay scheduled, and the caller gets the exception.
 *
 * @since 0.1
 */
public final class ManualClock implements QueryClock {
  private final Object lock = new Object();
  // Guarded by lock.
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparing(Waiting::moment).thenComparingLong(Waiting::sequence));
  private Instant now;
  // The total time by which the clock was set back.
  private Duration setBack = Duration.ZERO;
  private long sequence;

  private ManualClock(Instant now) {
    this.now = now;
  }

  /**
   * Returns a clock.
   *
   * @param now the moment it shows
   * @return a clock without tasks
   */
  public static ManualClock at(Instant now) {
    return new ManualClock(requireNonNull(now, "now"));
  }

  @Override
  public Instant instant() {
    synchronized (lock) {
      return now;
    }
  }

  /**
   * Moves the clock forward and runs the tasks that become due.
   *
   * @param duration the time to move by, not negative
   * @throws IllegalArgumentException if {@code duration} is negative
   */
  public void advance(Duration duration) {
    set(after(duration));
  }

  /** Returns the moment that is a duration after the present one. */
  Instant after(Duration duration) {
    requireNonNull(duration, "duration");
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "duration must not be negative, was [%s]; use set to move the clock back"
              .formatted(duration));
    }
    return instant().plus(duration);
  }

  /**
   * Moves the clock to a moment and runs the tasks that become due.
   *
   * @param moment the moment to show; an earlier one sets the clock back and runs nothing: no time
   *     passes, and each task remains as far in the future as before
   */
  public void set(Instant moment) {
    requireNonNull(moment, "moment");
    setBack(moment);
    for (Waiting due = nextDue(moment); due != null; due = nextDue(moment)) {
      due.task.run();
    }
  }

  @Override
  public WakeUp wakeAt(Instant moment, Runnable task) {
    requireNonNull(moment, "moment");
    requireNonNull(task, "task");
    synchronized (lock) {
      if (moment.isAfter(now)) {
        long id = sequence++;
        waiting.add(new Waiting(moment, id, task));
        return () -> cancel(id);
      }
    }
    task.run();
    return () -> {};
  }

  /** Returns the moment of the next task, or null if no task is due by the end. */
  @Nullable Instant nextMoment(Instant end) {
    synchronized (lock) {
      Waiting first = waiting.peek();
      return first == null || first.moment.isAfter(end) ? null : first.moment;
    }
  }

  /**
   * Returns the number of pending tasks.
   *
   * @return not negative
   */
  public int waitingTasks() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  private void setBack(Instant moment) {
    synchronized (lock) {
      Duration back = Duration.between(moment, now);
      if (back.isNegative()) {
        return;
      }
      List<Waiting> moved = new ArrayList<>();
      for (Waiting task : waiting) {
        moved.add(new Waiting(task.moment.minus(back), task.sequence, task.task));
      }
      waiting.clear();
      waiting.addAll(moved);
      setBack = setBack.plus(back);
      now = moment;
    }
  }

  @Override
  public long monotonicMillis() {
    synchronized (lock) {
      return now.plus(setBack).toEpochMilli();
    }
  }

  /**
   * Takes the next due task and moves the clock to its moment; if none is due, moves the clock to
   * the end.
   */
  private @Nullable Waiting nextDue(Instant end) {
    synchronized (lock) {
      Waiting first = waiting.peek();
      if (first == null || first.moment.isAfter(end)) {
        now = end;
        return null;
      }
      waiting.remove();
      now = first.moment;
      return first;
    }
  }

  private void cancel(long id) {
    synchronized (lock) {
      waiting.removeIf(task -> task.sequence == id);
    }
  }

  @Override
  public String toString() {
    return "ManualClock[" + instant() + "]";
  }

  private record Waiting(Instant moment, long sequence, Runnable task) {}
}

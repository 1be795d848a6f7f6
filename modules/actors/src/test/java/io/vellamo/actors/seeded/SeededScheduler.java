package io.vellamo.actors.seeded;

import com.typesafe.config.Config;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** A scheduler whose time passes only when the test says so. Pekko creates it by name. */
public final class SeededScheduler extends AbstractScheduler {
  // All guarded by this.
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          Comparator.<Timer>comparingLong(timer -> timer.dueNanos)
              .thenComparingLong(timer -> timer.number));
  private long nowNanos;
  private long added;

  /** Creates a scheduler, as Pekko expects it. */
  public SeededScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

  synchronized long nanoTime() {
    return nowNanos;
  }

  /** Returns the time until the next timer is due; the largest number if there is none. */
  synchronized long nanosUntilNext() {
    Timer first = timers.peek();
    return first == null ? Long.MAX_VALUE : first.dueNanos - nowNanos;
  }

  /** Lets time pass, and hands the tasks of timers that become due to their executors. */
  void pass(long nanos) {
    long end = nanoTime() + nanos;
    for (Timer due = nextDue(end); due != null; due = nextDue(end)) {
      due.executor.execute(due.task);
    }
  }

  private synchronized @Nullable Timer nextDue(long endNanos) {
    Timer first = timers.peek();
    if (first == null || first.dueNanos > endNanos) {
      nowNanos = endNanos;
      return null;
    }
    timers.remove();
    nowNanos = Math.max(nowNanos, first.dueNanos);
    if (first.intervalNanos > 0) {
      first.dueNanos = nowNanos + first.intervalNanos;
      timers.add(first);
    } else {
      first.isDone = true;
    }
    return first;
  }

  @Override
  @SuppressWarnings("deprecation") // abstract still
  public Cancellable schedule(
      FiniteDuration initialDelay,
      FiniteDuration interval,
      Runnable task,
      ExecutionContext executor) {
    return add(initialDelay.toNanos(), interval.toNanos(), task, executor);
  }

  @Override
  public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
    return add(delay.toNanos(), 0, task, executor);
  }

  private synchronized Timer add(
      long delayNanos, long intervalNanos, Runnable task, ExecutionContext executor) {
    Timer timer =
        new Timer(nowNanos + Math.max(0, delayNanos), intervalNanos, added++, task, executor);
    timers.add(timer);
    return timer;
  }

  @Override
  public double maxFrequency() {
    return TimeUnit.SECONDS.toMillis(1);
  }

  private final class Timer implements Cancellable {
    private final long intervalNanos;
    private final long number;
    private final Runnable task;
    private final ExecutionContext executor;
    private long dueNanos;
    private boolean isDone;
    private boolean isCancelled;

    Timer(
        long dueNanos, long intervalNanos, long number, Runnable task, ExecutionContext executor) {
      this.dueNanos = dueNanos;
      this.intervalNanos = intervalNanos;
      this.number = number;
      this.task = task;
      this.executor = executor;
    }

    @Override
    public boolean cancel() {
      synchronized (SeededScheduler.this) {
        if (isDone || isCancelled) {
          return false;
        }
        isCancelled = true;
        return timers.remove(this);
      }
    }

    @Override
    public boolean isCancelled() {
      synchronized (SeededScheduler.this) {
        return isCancelled;
      }
    }
  }
}

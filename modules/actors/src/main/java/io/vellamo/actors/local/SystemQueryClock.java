package io.vellamo.actors.local;

import io.vellamo.api.query.QueryClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/**
 * The machine's clock, with wake-ups from the actor system's scheduler.
 *
 * <p>The scheduler counts elapsed time and accepts at most 248 days, so a wake-up is scheduled for
 * at most a minute, after which the clock is read again. This also detects a clock that was set
 * forward. The scheduler rounds to its ticks, which an application may make long to save CPU time,
 * so the JDK's timer is used for waits of less than a second.
 */
final class SystemQueryClock implements QueryClock {
  private static final InstantSource MACHINE = InstantSource.system();
  private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(1);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final ActorSystem<?> system;

  /** Creates the clock of an actor system. */
  SystemQueryClock(ActorSystem<?> system) {
    this.system = system;
  }

  /** Returns the machine's clock, for reports on the machine itself, such as its threads. */
  static InstantSource machine() {
    return MACHINE;
  }

  @Override
  public Instant instant() {
    return MACHINE.instant();
  }

  @Override
  public long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public WakeUp wakeAt(Instant moment, Runnable task) {
    Alarm alarm = new Alarm(moment, task);
    alarm.schedule();
    return alarm;
  }

  /** A task that waits for its moment. */
  private final class Alarm implements WakeUp {
    private final Instant moment;
    private final Runnable task;
    private final long askedMillis = monotonicMillis();
    private final Duration missing;

    // Guarded by this.
    private @Nullable Cancellable scheduled;
    private boolean closed;

    private Alarm(Instant moment, Runnable task) {
      this.moment = moment;
      this.task = task;
      this.missing = Duration.between(instant(), moment);
    }

    private synchronized void schedule() {
      if (!closed) {
        long passed = monotonicMillis() - askedMillis;
        long left = Math.min(millis(missing) - passed, millis(Duration.between(instant(), moment)));
        Duration wait = Duration.ofMillis(Math.min(Math.max(left, 0), LONGEST_MILLIS));
        if (wait.compareTo(SHORT) < 0) {
          // On the timer's own thread: the task only sends a message.
          CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
              .execute(this::look);
        } else {
          scheduled = system.scheduler().scheduleOnce(wait, this::look, system.executionContext());
        }
      }
    }

    private void look() {
      boolean hasPassed = monotonicMillis() - askedMillis >= millis(missing);
      if (hasPassed || !instant().isBefore(moment)) {
        run();
      } else {
        schedule();
      }
    }

    private void run() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      task.run();
    }

    @Override
    public synchronized void close() {
      closed = true;
      if (scheduled != null) {
        scheduled.cancel();
      }
    }
  }

  /** Returns whole milliseconds, rounded up, at most the largest number. */
  private static long millis(Duration duration) {
    return duration.toSeconds() > Long.MAX_VALUE / 2_000
        ? Long.MAX_VALUE
        : duration.plusNanos(999_999).toMillis();
  }
}

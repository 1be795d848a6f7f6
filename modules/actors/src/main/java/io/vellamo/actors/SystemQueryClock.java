package io.vellamo.actors;

import io.vellamo.api.query.QueryClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/** The machine's clock, with wake-ups from the actor system's scheduler. */
final class SystemQueryClock implements QueryClock {
  private static final InstantSource MACHINE = InstantSource.system();

  private final ActorSystem<?> system;

  /** Creates the clock of an actor system. */
  SystemQueryClock(ActorSystem<?> system) {
    this.system = system;
  }

  /** Returns the machine's time, for what is told of the machine itself, such as its threads. */
  static Instant machineTime() {
    return MACHINE.instant();
  }

  @Override
  public Instant instant() {
    return MACHINE.instant();
  }

  @Override
  public WakeUp wakeAt(Instant moment, Runnable task) {
    Duration delay = Duration.between(instant(), moment);
    Cancellable scheduled =
        system
            .scheduler()
            .scheduleOnce(
                delay.isNegative() ? Duration.ZERO : delay, task, system.executionContext());
    return scheduled::cancel;
  }
}

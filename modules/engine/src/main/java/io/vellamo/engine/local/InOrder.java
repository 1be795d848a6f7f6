package io.vellamo.engine.local;

import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.QueryClock.WakeUp;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Effects that happen one after the other, in their order, without faults. Only wake-ups wait for
 * the clock: pauses, such as those before a failed call is made again, take no time.
 *
 * <p><b>Threading</b> Effects may be added by any thread. They are run by one thread at a time,
 * which also moves the clock.
 */
public final class InOrder implements EffectQueue {
  private final QueryClock clock;
  private final Queue<PendingEffect> waiting = new ConcurrentLinkedQueue<>();

  /**
   * Creates an empty queue.
   *
   * @param clock the clock of wake-ups
   */
  public InOrder(QueryClock clock) {
    this.clock = clock;
  }

  @Override
  public void add(PendingEffect effect) {
    waiting.add(effect);
  }

  @Override
  public void addAfter(long delayMillis, PendingEffect effect) {
    add(effect);
  }

  @Override
  public Runnable addWakeUp(long delayMillis, PendingEffect wakeUp) {
    WakeUp scheduled =
        clock.wakeAt(clock.instant().plus(Duration.ofMillis(delayMillis)), () -> add(wakeUp));
    return scheduled::close;
  }

  /** Lets the next effect happen; returns whether there was one that does not wait. */
  public boolean runNext() {
    PendingEffect next = waiting.poll();
    if (next == null) {
      return false;
    }
    next.complete();
    return true;
  }
}

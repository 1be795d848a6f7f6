package io.vellamo.engine.local;

import io.vellamo.api.query.QueryClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Effects that happen one after the other, in their order, without delay and without faults.
 *
 * <p><b>Threading</b> Used by one thread at a time, which also moves the clock.
 */
public final class InOrder implements EffectQueue {
  private final QueryClock clock;
  private final Deque<PendingEffect> waiting = new ArrayDeque<>();

  /**
   * Creates an empty queue.
   *
   * @param clock the clock of delays; its tasks must run on the thread that uses this queue
   */
  public InOrder(QueryClock clock) {
    this.clock = clock;
  }

  @Override
  public void add(PendingEffect effect) {
    waiting.add(effect);
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // a delayed effect is never cancelled
  public void addAfter(long delayMillis, PendingEffect effect) {
    clock.wakeAt(clock.instant().plus(Duration.ofMillis(delayMillis)), () -> add(effect));
  }

  /** Lets all effects happen, those they cause included, until only delayed ones are left. */
  public void run() {
    for (PendingEffect next = waiting.poll(); next != null; next = waiting.poll()) {
      next.complete();
    }
  }
}

package io.vellamo.engine.local;

import io.vellamo.engine.local.PendingEffect.Kind;

/**
 * The wake-up that a query's machine has requested; a new request replaces the one before.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class LocalWakeUp {
  private final EffectQueue queue;
  private long requests;
  private Runnable withdraw = () -> {};

  LocalWakeUp(EffectQueue queue) {
    this.queue = queue;
  }

  /** Requests a wake-up after a delay. */
  void request(long delayMillis, String what, Runnable onWake) {
    cancel();
    long request = requests;
    Runnable ifCurrent =
        () -> {
          if (request == requests) {
            onWake.run();
          }
        };
    withdraw = queue.addWakeUp(delayMillis, PendingEffect.report(Kind.TURN, what, ifCurrent));
  }

  /** Withdraws the requested wake-up, if there is one. */
  void cancel() {
    requests++;
    withdraw.run();
    withdraw = () -> {};
  }
}

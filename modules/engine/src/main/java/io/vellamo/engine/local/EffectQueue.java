package io.vellamo.engine.local;

/** The effects that have not happened yet. Whoever owns the queue decides what happens next. */
public interface EffectQueue {
  /** Adds an effect. It must not be carried out before the caller has returned. */
  void add(PendingEffect effect);

  /** Adds an effect that must not happen before some time has passed. */
  void addAfter(long delayMillis, PendingEffect effect);

  /**
   * Adds a wake-up, which must not happen before some time has passed on the clock of the query.
   *
   * @return withdraws the wake-up; a queue may keep it, since a withdrawn wake-up does nothing
   */
  default Runnable addWakeUp(long delayMillis, PendingEffect wakeUp) {
    addAfter(delayMillis, wakeUp);
    return () -> {};
  }
}

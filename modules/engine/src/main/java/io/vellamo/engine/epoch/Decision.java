package io.vellamo.engine.epoch;

import org.jspecify.annotations.Nullable;

/** What a query does next. */
public sealed interface Decision {
  /**
   * Run an epoch.
   *
   * @param plan the epoch
   */
  record Run(EpochPlan plan) implements Decision {}

  /**
   * Wait for input, or for a timer.
   *
   * @param untilMillis when a processing-time timer is due, or null
   */
  record Wait(@Nullable Long untilMillis) implements Decision {}

  /** End: the trigger allows no more epochs. */
  enum Finish implements Decision {
    /** The only value. */
    INSTANCE
  }
}

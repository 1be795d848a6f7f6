package io.vellamo.engine.epoch;

import org.jspecify.annotations.Nullable;

/** The next action of a query. */
public sealed interface Decision {
  /**
   * The decision to run an epoch.
   *
   * @param plan the epoch
   */
  record Run(EpochPlan plan) implements Decision {}

  /**
   * The decision to wait for input, a timer, or the idleness of a stream.
   *
   * @param untilMillis the processing time at which a timer fires or an idle stream moves the
   *     watermark; null if there is neither
   */
  record Wait(@Nullable Long untilMillis) implements Decision {}

  /** The decision to end the run: the trigger allows no more epochs. */
  enum Finish implements Decision {
    /** The only value. */
    INSTANCE
  }
}

package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.query.RunningEpoch.Step;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The measurement of the phases of an epoch.
 *
 * <p><b>Order</b> {@link #asked} unless the plan is older or was made ahead, {@link #begun}, {@link
 * #step} for each step, {@link #written}, {@link #committed}.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class PhaseTimer {
  private final long[] nanos = new long[Step.values().length];
  private @Nullable Now asked;
  private Now began = Now.ofMillis(0, 0);
  private Now stepBegan = began;
  private Step step = Step.READING;
  private long planNanos;

  /** Notes that the source is asked for the next epoch, perhaps before this one is committed. */
  void asked(Now now) {
    asked = now;
  }

  /** Notes that the journal holds the plan. */
  void begun(Now now) {
    Now since = asked;
    planNanos = since == null ? 0 : nanos(since, now);
    asked = null;
    Arrays.fill(nanos, 0);
    began = now;
    stepBegan = now;
    step = Step.READING;
  }

  /** Notes that a step begins. */
  void step(Step next, Now now) {
    nanos[step.ordinal()] += nanos(stepBegan, now);
    step = next;
    stepBegan = now;
  }

  /** Notes that the sinks have written; returns the time since the plan. */
  Duration written(Now now) {
    step(Step.SINK, now);
    return Duration.ofNanos(nanos(began, now));
  }

  /** Returns the phases of the epoch, which is now committed. */
  EpochPhases committed(Now now) {
    return new EpochPhases(
        Duration.ofNanos(planNanos),
        of(Step.READING).plus(of(Step.INITIAL_STATES)),
        of(Step.OPERATOR),
        of(Step.ROUTING),
        of(Step.SINK),
        Duration.ofNanos(nanos(stepBegan, now)));
  }

  private Duration of(Step phase) {
    return Duration.ofNanos(nanos[phase.ordinal()]);
  }

  /** Returns the time between two moments; a clock of a user might go back. */
  private static long nanos(Now from, Now until) {
    return Math.max(0, until.monotonicNanos() - from.monotonicNanos());
  }
}

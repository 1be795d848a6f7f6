package io.vellamo.actors.shard;

import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.shard.EpochCall;

/** The result of a call of a group. */
sealed interface StepResult {
  /**
   * A call that succeeded, entirely or except for some events.
   *
   * @param call the call
   * @param outcome its outcome
   */
  record Stepped(EpochCall call, StepOutcome outcome) implements StepResult {}

  /**
   * A call that threw.
   *
   * @param call the call
   * @param cause the exception
   */
  record Threw(EpochCall call, Throwable cause) implements StepResult {}
}

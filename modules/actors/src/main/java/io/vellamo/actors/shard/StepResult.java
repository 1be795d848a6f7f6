package io.vellamo.actors.shard;

import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.shard.EpochCall;

/** How a call of a group went. */
sealed interface StepResult {
  /**
   * It went well, as a whole or but for some events.
   *
   * @param call the call
   * @param outcome what it gave
   */
  record Stepped(EpochCall call, StepOutcome outcome) implements StepResult {}

  /**
   * It threw.
   *
   * @param call the call
   * @param cause what was thrown
   */
  record Threw(EpochCall call, Throwable cause) implements StepResult {}
}

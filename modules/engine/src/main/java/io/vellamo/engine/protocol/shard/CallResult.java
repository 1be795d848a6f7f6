package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.shard.EpochCall;

/** The result of a call of a group. */
public sealed interface CallResult {
  /**
   * A call that returned, having left out some events perhaps.
   *
   * @param call the call
   * @param outcome its outcome
   */
  record Returned(EpochCall call, StepOutcome outcome) implements CallResult {}

  /**
   * A call that threw.
   *
   * @param call the call
   * @param cause the exception
   */
  record Threw(EpochCall call, Throwable cause) implements CallResult {}
}

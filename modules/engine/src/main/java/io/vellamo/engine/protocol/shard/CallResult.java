package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.shard.EpochCall;

/** The result of a call of a group. */
public sealed interface CallResult {
  /** Returns the call. */
  EpochCall call();

  /**
   * Returns the time that the call took, or that it and others like it took; 0 if it was not
   * measured.
   */
  long nanos();

  /**
   * A call that returned, having left out some events perhaps.
   *
   * @param call the call
   * @param outcome its outcome
   * @param nanos the time, as above
   */
  record Returned(EpochCall call, StepOutcome outcome, long nanos) implements CallResult {
    /** Creates the result of a call that was not measured. */
    public Returned(EpochCall call, StepOutcome outcome) {
      this(call, outcome, 0);
    }

    /** Returns this result with a time. */
    public Returned measured(long time) {
      return new Returned(call, outcome, time);
    }
  }

  /**
   * A call that threw.
   *
   * @param call the call
   * @param cause the exception
   */
  record Threw(EpochCall call, Throwable cause) implements CallResult {
    @Override
    public long nanos() {
      return 0;
    }
  }
}

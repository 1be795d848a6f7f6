package io.vellamo.engine.local;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.shard.EpochCall;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The calls of an operator in a batch, of which only the rows are kept. */
final class BatchCalls implements DirectShard.Calls {
  private final BatchRun.Pause pause;
  // The groups whose next call is not their first: the last one threw or was for initial rows.
  private final Set<GroupKey> again = new HashSet<>();
  private long groups;

  BatchCalls(BatchRun.Pause pause) {
    this.pause = pause;
  }

  @Override
  public CallResult call(EpochCall call, Supplier<CallResult> function)
      throws InterruptedException {
    throwIfInterrupted();
    if (again.isEmpty() || !again.remove(call.key())) {
      groups++;
    }
    CallResult result = function.get();
    boolean isOfInitialRows = call.initialRows() != null;
    if (isOfInitialRows || !(result instanceof CallResult.Returned)) {
      again.add(call.key());
    }
    return result instanceof CallResult.Returned returned
        ? new CallResult.Returned(call, kept(call, returned.outcome(), isOfInitialRows))
        : result;
  }

  private static StepOutcome kept(EpochCall call, StepOutcome outcome, boolean isOfInitialRows) {
    return isOfInitialRows ? withoutDueTimers(outcome) : withoutChange(call, outcome);
  }

  /** Returns an outcome whose change is kept for the call with the group's events. */
  private static StepOutcome withoutDueTimers(StepOutcome outcome) {
    return new StepOutcome(
        outcome.change(), outcome.rows(), outcome.live(), outcome.failed(), false);
  }

  /**
   * Returns an outcome that leaves nothing in the shard, as a batch calls each group once. No
   * timers fire.
   */
  private static StepOutcome withoutChange(EpochCall call, StepOutcome outcome) {
    List<Object> rows = outcome.rows();
    return new StepOutcome(call.unchanged(List.of()).change(), rows, null, outcome.failed(), false);
  }

  @Override
  public void pause(Duration delay) throws InterruptedException {
    pause.await(delay);
  }

  /** Returns the number of groups called. */
  long groups() {
    return groups;
  }

  static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("The batch was interrupted");
    }
  }
}

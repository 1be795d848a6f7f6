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
  // The groups whose last call threw; they may be called again.
  private final Set<GroupKey> threw = new HashSet<>();
  private long groups;

  BatchCalls(BatchRun.Pause pause) {
    this.pause = pause;
  }

  @Override
  public CallResult call(EpochCall call, Supplier<CallResult> function)
      throws InterruptedException {
    throwIfInterrupted();
    boolean isOfInitialRows = call.initialRows() != null;
    if (!isOfInitialRows && (threw.isEmpty() || !threw.remove(call.key()))) {
      groups++;
    }
    CallResult result = function.get();
    if (!isOfInitialRows && result instanceof CallResult.Returned returned) {
      return new CallResult.Returned(call, withoutChange(call, returned.outcome()));
    }
    threw.add(call.key());
    return result;
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

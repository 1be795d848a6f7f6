package io.vellamo.engine.group;

import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.StepOutcome.FailedEvent;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The calls for the due timers of a group with variables. Together they count as one.
 *
 * <p>The timers are those that are due before the first of the calls: one that a call sets fires in
 * the next epoch, and one that it cancels or sets again does not fire in this one.
 *
 * <p><b>Threading</b> Used by one thread at a time, for one group and epoch.
 */
final class TimerCalls<K, V, S, U> {
  private final GroupStep<K, V, S, U> step;
  private final EpochTimes times;
  private final DeclaredVariables declared;
  private final List<Object> rows = new ArrayList<>();
  private final List<FailedEvent> failed = new ArrayList<>();
  // The result of the calls so far.
  private GroupEntry entry;
  private GroupChange change;

  TimerCalls(GroupStep<K, V, S, U> step, GroupKey key, GroupEntry before, EpochTimes times) {
    this.step = step;
    this.times = times;
    this.declared = Objects.requireNonNull(step.operator().variables(), "variables");
    this.entry = before.beforeCalls();
    this.change = new GroupChange(key, Effect.NONE, null, null, List.of());
  }

  StepOutcome run(boolean leavesOut) throws Exception {
    for (DueTimer timer : DueTimer.all(declared, entry.variables(), times)) {
      if (!timer.isSet(entry.variables())) {
        continue;
      }
      try {
        StepOutcome outcome = step.onTimer(change.key(), timer, entry, times);
        take(outcome.change());
        rows.addAll(outcome.rows());
      } catch (Exception | Error e) {
        FunctionFailures.throwIfOfTheMachine(e);
        if (!leavesOut || !FunctionFailures.mayBeOfTheEvent(e)) {
          throw e;
        }
        take(step.leaveOut(change.key(), timer, entry, times).change());
        failed.add(new FailedEvent(FailedEvent.NO_EVENT, e));
      }
    }
    return new StepOutcome(change, rows, null, failed, false);
  }

  private void take(GroupChange next) {
    change = change.then(next);
    entry = next.applyWithinCalls(entry);
  }
}

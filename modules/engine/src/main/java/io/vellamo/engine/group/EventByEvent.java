package io.vellamo.engine.group;

import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.StepOutcome.FailedEvent;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of calls of a group's function, one for each event of a batch, which leaves out only
 * the events that the function throws for. Together the calls count as one.
 *
 * <p><b>Threading</b> Used by one thread at a time, for one group and epoch.
 *
 * <p><b>Failure</b> A failure that an event can't have caused is rethrown, and no change is kept.
 */
public final class EventByEvent {
  private final GroupStep<?, ?, ?, ?> step;
  private final GroupBatch<?> batch;
  private final EpochTimes times;
  private final List<Object> rows = new ArrayList<>();
  private final List<FailedEvent> failed = new ArrayList<>();

  // The result of the calls so far.
  private GroupEntry entry;
  private GroupChange change;
  private @Nullable Object live;

  private EventByEvent(
      GroupStep<?, ?, ?, ?> step, GroupBatch<?> batch, GroupEntry before, EpochTimes times) {
    this.step = step;
    this.batch = batch;
    this.times = times;
    this.entry = before.beforeCalls();
    this.change =
        new GroupChange(batch.key(), Effect.NONE, null, before.timeoutMillis(), List.of());
  }

  /**
   * Makes the calls.
   *
   * @param step the function
   * @param batch the group's events
   * @param before the group's entry
   * @param times the epoch's clocks
   */
  public static StepOutcome run(
      GroupStep<?, ?, ?, ?> step, GroupBatch<?> batch, GroupEntry before, EpochTimes times)
      throws Exception {
    EventByEvent calls = new EventByEvent(step, batch, before, times);
    for (int place = 0; place < batch.size(); place++) {
      calls.call(place);
    }
    calls.complete();
    boolean timersAreDue = step.hasVariables() && DueTimer.isAny(calls.entry.variables(), times);
    return new StepOutcome(calls.change, calls.rows, calls.live, calls.failed, timersAreDue);
  }

  private void complete() throws Exception {
    if (step.isCompletedAfterEvents()) {
      take(step.afterEvents(batch, entry, times));
    }
  }

  private void take(StepOutcome outcome) {
    change = change.then(outcome.change());
    entry = outcome.change().applyWithinCalls(entry);
    live = outcome.live();
    rows.addAll(outcome.rows());
  }

  private void call(int place) throws Exception {
    try {
      StepOutcome outcome = step.onEvents(batch.only(place), entry, live, times, false);
      take(outcome);
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      if (!FunctionFailures.mayBeOfTheEvent(e)) {
        throw e;
      }
      // The failed call may have received the live state.
      live = null;
      failed.add(new FailedEvent(place, e));
    }
  }
}

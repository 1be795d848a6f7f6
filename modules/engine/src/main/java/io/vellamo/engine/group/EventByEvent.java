package io.vellamo.engine.group;

import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.StepOutcome.FailedEvent;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls a group's function once for each event of a batch, so that of a batch that it throws for
 * only the events that it throws for are left out. The calls together count as one.
 *
 * <p><b>Threading</b> Used by one thread at a time, for one group and epoch.
 *
 * <p><b>Failure</b> What can't be an event's fault passes through, and nothing is kept.
 */
public final class EventByEvent {
  private final GroupStep<?, ?, ?, ?> step;
  private final GroupBatch<?> batch;
  private final EpochTimes times;
  private final List<Object> rows = new ArrayList<>();
  private final List<FailedEvent> failed = new ArrayList<>();

  // As the calls so far left them.
  private GroupEntry entry;
  private GroupChange change;
  private @Nullable Object live;

  private EventByEvent(
      GroupStep<?, ?, ?, ?> step, GroupBatch<?> batch, GroupEntry before, EpochTimes times) {
    this.step = step;
    this.batch = batch;
    this.times = times;
    this.entry = before;
    this.change =
        new GroupChange(batch.key(), Effect.NONE, null, before.timeoutMillis(), List.of());
  }

  /**
   * Makes the calls.
   *
   * @param step the function
   * @param batch the group's events
   * @param before what is kept of the group
   * @param times the epoch's clocks
   */
  public static StepOutcome run(
      GroupStep<?, ?, ?, ?> step, GroupBatch<?> batch, GroupEntry before, EpochTimes times)
      throws Exception {
    EventByEvent calls = new EventByEvent(step, batch, before, times);
    for (int place = 0; place < batch.size(); place++) {
      calls.call(place);
    }
    return new StepOutcome(calls.change, calls.rows, calls.live, calls.failed);
  }

  private void call(int place) throws Exception {
    try {
      StepOutcome outcome = step.onEvents(batch.only(place), entry, live, times);
      change = change.then(outcome.change());
      entry = outcome.change().applyTo(entry);
      live = outcome.live();
      rows.addAll(outcome.rows());
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      if (!FunctionFailures.mayBeOfTheEvent(e)) {
        throw e;
      }
      // The call may have got it and gone on from there.
      live = null;
      failed.add(new FailedEvent(place, e));
    }
  }
}

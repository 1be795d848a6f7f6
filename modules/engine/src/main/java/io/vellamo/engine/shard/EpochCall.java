package io.vellamo.engine.shard;

import io.vellamo.engine.group.EventByEvent;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.StepOutcome.FailedEvent;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of the user's function that an epoch requires.
 *
 * @param key the group
 * @param entry the group's entry
 * @param batch its events; null in a timeout call
 * @param isEventByEvent whether each event is passed in a separate call, and events for which the
 *     function throws are left out
 * @param waiting the pending events of a parked group, which come first in the batch; null if the
 *     group is not parked
 */
public record EpochCall(
    GroupKey key,
    GroupEntry entry,
    @Nullable GroupBatch<Object> batch,
    boolean isEventByEvent,
    @Nullable List<ParkedEvent> waiting) {
  /** Creates a single call with all events of a group that is not parked. */
  public EpochCall(GroupKey key, GroupEntry entry, @Nullable GroupBatch<Object> batch) {
    this(key, entry, batch, false, null);
  }

  /** Returns this call with its events passed one at a time. */
  public EpochCall eventByEvent() {
    return new EpochCall(key, entry, batch, true, waiting);
  }

  /**
   * Makes this call.
   *
   * @param step the operator's function
   * @param live the deserialized state of {@code entry}, as the preceding call returned it; may be
   *     null
   * @param times the epoch's clocks
   * @throws Exception as thrown by the function or a codec; nothing has changed then
   */
  public StepOutcome run(GroupStep<?, ?, ?, ?> step, @Nullable Object live, EpochTimes times)
      throws Exception {
    if (batch == null) {
      return step.onTimeout(key, entry, live, times);
    }
    return isEventByEvent
        ? EventByEvent.run(step, batch, entry, times)
        : step.onEvents(batch, entry, live, times);
  }

  /**
   * Returns an outcome that leaves the group as it was.
   *
   * @param failed the events that are left out
   */
  public StepOutcome unchanged(List<FailedEvent> failed) {
    GroupChange change = new GroupChange(key, Effect.NONE, null, entry.timeoutMillis(), List.of());
    return new StepOutcome(change, List.of(), null, failed);
  }

  /** Returns whether the group is parked. */
  public boolean isOfParked() {
    return waiting != null;
  }
}

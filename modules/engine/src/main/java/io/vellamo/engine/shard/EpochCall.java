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
import io.vellamo.engine.time.Watermark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of the user's function that an epoch requires.
 *
 * @param key the group
 * @param entry the group's entry
 * @param batch its events; null in a call for a timeout, timers or initial rows
 * @param isEventByEvent whether each event is passed in a separate call, and events and timers for
 *     which the function throws are left out
 * @param waiting the pending events of a parked group, which come first in the batch; null if the
 *     group is not parked
 * @param lateWatermark the late watermark of the epoch in which a parked group was parked; null if
 *     the group is not parked
 * @param initialRows the serialized initial rows of a group with variables, before its events; null
 *     in all other calls
 */
public record EpochCall(
    GroupKey key,
    GroupEntry entry,
    @Nullable GroupBatch<Object> batch,
    boolean isEventByEvent,
    @Nullable List<ParkedEvent> waiting,
    @Nullable Watermark lateWatermark,
    @Nullable List<byte[]> initialRows) {
  /** Creates a single call with all events of a group that is not parked. */
  public EpochCall(GroupKey key, GroupEntry entry, @Nullable GroupBatch<Object> batch) {
    this(key, entry, batch, false, null, null, null);
  }

  /** Returns the call of a parked group, with its pending events. */
  static EpochCall ofParked(
      ParkedEntry parked,
      GroupEntry entry,
      @Nullable GroupBatch<Object> batch,
      boolean isEventByEvent,
      List<ParkedEvent> waiting) {
    Watermark late = parked.reason().lateWatermark();
    return new EpochCall(parked.key(), entry, batch, isEventByEvent, waiting, late, null);
  }

  /** Returns the call of a group with initial rows. */
  static EpochCall ofInitialRows(GroupKey key, List<byte[]> rows) {
    return new EpochCall(key, GroupEntry.EMPTY, null, false, null, null, rows);
  }

  /** Returns this call with its events passed one at a time. */
  public EpochCall eventByEvent() {
    return new EpochCall(key, entry, batch, true, waiting, lateWatermark, initialRows);
  }

  /**
   * Makes this call.
   *
   * @param step the operator's function
   * @param live the deserialized state of {@code entry}, as the preceding call returned it; may be
   *     null
   * @param epoch the epoch's clocks
   * @throws Exception as thrown by the function or a codec; nothing has changed then
   */
  public StepOutcome run(GroupStep<?, ?, ?, ?> step, @Nullable Object live, EpochTimes epoch)
      throws Exception {
    EpochTimes times = lateWatermark == null ? epoch : epoch.lateBy(lateWatermark);
    if (initialRows != null) {
      return step.onInitialRows(key, initialRows, times);
    }
    if (batch == null) {
      return step.hasVariables()
          ? step.onTimers(key, entry, times, isEventByEvent)
          : step.onTimeout(key, entry, live, times);
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
    return new StepOutcome(change, List.of(), null, failed, false);
  }

  /** Returns whether the group is parked. */
  public boolean isOfParked() {
    return waiting != null;
  }
}

package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
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

  /** Returns whether the group is parked. */
  public boolean isOfParked() {
    return waiting != null;
  }
}

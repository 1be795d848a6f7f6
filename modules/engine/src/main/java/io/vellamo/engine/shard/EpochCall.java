package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of the user's function that an epoch wants.
 *
 * @param key the group
 * @param entry what is kept of it
 * @param batch its events; null in a timeout call
 * @param isEventByEvent whether each event is to be given in a call of its own, and what the
 *     function throws for is left out
 * @param waiting the first of its events, as they waited while the group was parked; null if it was
 *     not
 */
public record EpochCall(
    GroupKey key,
    GroupEntry entry,
    @Nullable GroupBatch<Object> batch,
    boolean isEventByEvent,
    @Nullable List<ParkedEvent> waiting) {
  /** Creates a call of a group that is not parked, with all events together. */
  public EpochCall(GroupKey key, GroupEntry entry, @Nullable GroupBatch<Object> batch) {
    this(key, entry, batch, false, null);
  }

  /** Returns this call with its events one at a time. */
  public EpochCall eventByEvent() {
    return new EpochCall(key, entry, batch, true, waiting);
  }

  /** Returns whether the group is parked. */
  public boolean isOfParked() {
    return waiting != null;
  }
}

package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import org.jspecify.annotations.Nullable;

/**
 * One call of the user's function that an epoch wants.
 *
 * @param key the group
 * @param entry what is kept of it
 * @param batch its events; null in a timeout call
 * @param isEventByEvent whether each event is to be given in a call of its own, and left out if the
 *     function throws for it
 */
public record EpochCall(
    GroupKey key, GroupEntry entry, @Nullable GroupBatch<Object> batch, boolean isEventByEvent) {
  /** Creates a call that gives all events together. */
  public EpochCall(GroupKey key, GroupEntry entry, @Nullable GroupBatch<Object> batch) {
    this(key, entry, batch, false);
  }

  /** Returns this call with its events one at a time. */
  public EpochCall eventByEvent() {
    return new EpochCall(key, entry, batch, true);
  }
}

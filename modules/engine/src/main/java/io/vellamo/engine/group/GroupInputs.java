package io.vellamo.engine.group;

import java.util.ArrayList;
import java.util.List;

/**
 * The events that a group was called with in one epoch, recorded.
 *
 * @param key the group
 * @param events its events, in the order in which the function got them
 */
public record GroupInputs(GroupKey key, List<StoredValue> events) {
  private static final int OVERHEAD = 4;

  /** Returns roughly how large this is in the journal. */
  public long size() {
    long size = sizeWithoutEvents();
    for (StoredValue event : events) {
      size += event.size();
    }
    return size;
  }

  /** Returns these events in pieces of at most a size, as far as single events allow. */
  public List<GroupInputs> split(long maxSize) {
    List<GroupInputs> pieces = new ArrayList<>();
    for (List<StoredValue> some :
        Pieces.of(events, StoredValue::size, maxSize - sizeWithoutEvents())) {
      pieces.add(new GroupInputs(key, some));
    }
    return pieces;
  }

  private long sizeWithoutEvents() {
    return (long) key.bytes().length + OVERHEAD;
  }
}

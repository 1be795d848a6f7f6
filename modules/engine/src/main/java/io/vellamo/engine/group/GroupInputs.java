package io.vellamo.engine.group;

import java.util.ArrayList;
import java.util.List;

/**
 * The recorded events of a group in one epoch.
 *
 * @param key the group
 * @param events its events, in the order in which the function received them
 */
public record GroupInputs(GroupKey key, List<StoredValue> events) {
  private static final int OVERHEAD = 4;

  /** Returns the approximate size in the journal. */
  public long size() {
    long size = sizeWithoutEvents();
    for (StoredValue event : events) {
      size += event.size();
    }
    return size;
  }

  /** Returns these events in pieces of at most {@code maxSize}, unless a single event is larger. */
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

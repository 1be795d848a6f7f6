package io.vellamo.engine.inbox;

import io.vellamo.engine.group.StoredValue;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of an inbox that are durable and not committed, by offset.
 *
 * <p><b>Threading</b> Safe to share: one thread adds and removes, others read.
 */
public final class InboxEvents {
  private final ConcurrentNavigableMap<Long, StoredValue> events = new ConcurrentSkipListMap<>();
  private volatile long first;
  private volatile long end;

  InboxEvents() {}

  /** Returns the offset of the first event; the end if there is none. */
  public long first() {
    return first;
  }

  /** Returns the offset after the last event. */
  public long end() {
    return end;
  }

  /** Returns the number of events. */
  public long length() {
    // The first offset is read first: it never passes an end that is read later.
    long from = first;
    return end - from;
  }

  /** Returns the events of a range; those that are missing are left out. */
  List<StoredValue> range(long from, long until) {
    return List.copyOf(events.subMap(from, until).values());
  }

  /** Begins at an offset, without events. */
  void beginAt(long offset) {
    events.clear();
    end = offset;
    first = offset;
  }

  /** Adds the next event; null for one that has been committed. */
  void add(@Nullable StoredValue event) {
    if (event == null) {
      removeBefore(end + 1);
      return;
    }
    long offset = end;
    events.put(offset, event);
    end = offset + 1;
  }

  /** Removes the events before an offset; begins there if it is after the end. */
  void removeBefore(long offset) {
    events.headMap(offset).clear();
    if (offset > end) {
      end = offset;
    }
    first = Math.max(first, offset);
  }
}

package io.vellamo.engine.inbox;

import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.InboxRecord.MessagesStored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The messages of an inbox as its journal holds them: the remembered ids, and the events that are
 * not committed. The ids end where the events end, and begin no later.
 */
final class InboxLog {
  private final int rememberedIds;
  private final RememberedIds ids = new RememberedIds();
  private final InboxEvents events = new InboxEvents();
  private long eventBytes;

  InboxLog(int rememberedIds) {
    this.rememberedIds = rememberedIds;
  }

  InboxEvents events() {
    return events;
  }

  /** Returns whether a message with an id is stored or remembered. */
  boolean contains(String id) {
    return ids.contains(id);
  }

  /** Returns the approximate size of a snapshot. */
  long bytes() {
    return ids.bytes() + eventBytes;
  }

  /** Adds messages. Those of a snapshot that are known already are ignored. */
  void add(MessagesStored stored) {
    if (stored.firstOffset() > events.end()) {
      // The journal begins with a snapshot, or the query's is ahead of what is left of this one.
      beginAt(stored.firstOffset());
    }
    long offset = stored.firstOffset();
    for (InboxMessage message : stored.messages()) {
      if (offset == events.end()) {
        StoredValue event = message.event();
        ids.add(message.id());
        events.add(event);
        eventBytes += event == null ? 0 : event.size();
      }
      offset++;
    }
    forget();
  }

  private void beginAt(long offset) {
    ids.clear();
    eventBytes = 0;
    events.beginAt(offset);
  }

  /** Removes the events before an offset, which are committed. */
  void committed(long offset) {
    if (offset > events.end()) {
      beginAt(offset);
    } else if (offset > events.first()) {
      remove(offset);
    }
  }

  private void remove(long offset) {
    for (StoredValue event : events.range(events.first(), offset)) {
      eventBytes -= event.size();
    }
    events.removeBefore(offset);
    forget();
  }

  private void forget() {
    ids.forgetAllBut(Math.max(rememberedIds, events.length()));
  }

  /**
   * Returns a snapshot in records.
   *
   * @param maxBytes the maximum size of a record; a larger message is a separate record
   */
  List<MessagesStored> snapshot(long maxBytes) {
    List<InboxMessage> all = new ArrayList<>(ids.size());
    Iterator<String> remembered = ids.iterator();
    long first = events.end() - ids.size();
    for (long offset = first; offset < events.first(); offset++) {
      all.add(new InboxMessage(remembered.next(), null));
    }
    for (StoredValue event : events.range(events.first(), events.end())) {
      all.add(new InboxMessage(remembered.next(), event));
    }
    return Batches.records(first, all, maxBytes);
  }
}

package io.vellamo.engine.inbox;

import io.vellamo.engine.group.StoredValue;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored.
 *
 * @param id its identity, which a message that is sent again keeps
 * @param event its event in serialized form; null once the event has been committed, and only the
 *     id is remembered
 */
public record InboxMessage(String id, @Nullable StoredValue event) {
  private static final int OVERHEAD = 4;

  /** Returns the approximate size in the journal. */
  public long size() {
    return OVERHEAD + id.length() + (event == null ? 0 : event.size());
  }
}

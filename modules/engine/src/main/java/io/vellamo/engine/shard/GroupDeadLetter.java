package io.vellamo.engine.shard;

import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter of a group, stored in the journal until it is at the dead-letter sink.
 *
 * @param key the group
 * @param origin the origin of the event; null for a call without events
 * @param error the class of the exception or error, and its first frame of user code
 * @param message its message; null if it has none
 * @param event the event; null for a call without events, or if the event can't be written
 */
public record GroupDeadLetter(
    GroupKey key,
    @Nullable EventOrigin origin,
    String error,
    @Nullable String message,
    @Nullable StoredValue event) {
  private static final int OVERHEAD = 8;

  /** Returns a dead letter. */
  static GroupDeadLetter of(
      GroupKey key, @Nullable EventOrigin origin, Throwable cause, @Nullable StoredValue event) {
    return new GroupDeadLetter(key, origin, Failures.thrown(cause), Failures.message(cause), event);
  }

  /** Returns the approximate size in the journal. */
  public long size() {
    return (long) key.bytes().length
        + error.length()
        + (message == null ? 0 : message.length())
        + (origin == null ? 0 : origin.size())
        + (event == null ? 0 : event.size())
        + OVERHEAD;
  }
}

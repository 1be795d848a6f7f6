package io.vellamo.engine.shard;

import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import org.jspecify.annotations.Nullable;

/**
 * What a group's function threw for, as the journal keeps it until the dead-letter sink has it.
 *
 * @param key the group
 * @param origin where the event came from; null for a timeout
 * @param error the class of what was thrown, and where
 * @param message its message; null if it had none
 * @param event the event; null for a timeout, and if it can't be written
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

  /** Returns roughly how large this is in the journal. */
  public long size() {
    return (long) key.bytes().length
        + error.length()
        + (message == null ? 0 : message.length())
        + (origin == null ? 0 : origin.size())
        + (event == null ? 0 : event.size())
        + OVERHEAD;
  }
}

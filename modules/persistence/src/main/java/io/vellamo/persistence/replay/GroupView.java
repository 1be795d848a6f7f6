package io.vellamo.persistence.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ParkedGroup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a group.
 *
 * @param key its key: text, a number, or what the key's class consists of
 * @param state its state as JSON; null if it has none
 * @param timeoutMillis when it times out, in milliseconds since 1970; null if it does not
 * @param parked why it is parked, and which events wait; null if it is not parked
 * @param bytes roughly how large it is in the journal; 0 if nothing is kept
 * @since 0.1
 */
public record GroupView(
    JsonNode key,
    @Nullable JsonNode state,
    @Nullable Long timeoutMillis,
    @Nullable ParkedView parked,
    long bytes) {
  static GroupView of(GroupKey key, GroupEntry entry, @Nullable ParkedGroup parkedGroup) {
    return new GroupView(
        JsonForms.ofKey(key),
        JsonForms.ofState(entry.state()),
        entry.timeoutMillis(),
        parkedGroup == null ? null : ParkedView.of(parkedGroup),
        entry.size(key));
  }

  /**
   * Returns when the group times out.
   *
   * @return the moment, on the clock of the query's timeouts; null if it does not
   */
  public @Nullable Instant timeout() {
    return timeoutMillis == null ? null : Instant.ofEpochMilli(timeoutMillis);
  }

  /**
   * Returns whether anything is kept of the group.
   *
   * @return false if it has neither state nor timeout, and is not parked
   */
  public boolean exists() {
    return state != null || timeoutMillis != null || parked != null;
  }
}

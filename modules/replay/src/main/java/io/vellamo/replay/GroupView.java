package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ParkedEntry;
import io.vellamo.persistence.codec.JsonForms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group as the journal holds it.
 *
 * @param key its key: a string, number, boolean or null, or the properties of the key's class
 * @param state its state as JSON; null if it has none
 * @param timeoutMillis its timeout, in milliseconds since 1970; null if there is none
 * @param parked the reason for which it is parked, and its pending events; null if it is not parked
 * @param bytes its approximate size in the journal; 0 if it has neither state nor timeout
 * @since 0.1
 */
public record GroupView(
    JsonNode key,
    @Nullable JsonNode state,
    @Nullable Long timeoutMillis,
    @Nullable ParkedView parked,
    long bytes) {
  static GroupView of(
      JsonForms forms, GroupKey key, GroupEntry entry, @Nullable ParkedEntry parkedGroup) {
    return new GroupView(
        forms.ofKey(key),
        forms.ofState(entry.state()),
        entry.timeoutMillis(),
        parkedGroup == null ? null : ParkedView.of(forms, parkedGroup),
        entry.size(key));
  }

  /**
   * Returns the time of the group's timeout.
   *
   * @return the time, on the clock of the operator's timeouts; null if there is none
   */
  public @Nullable Instant timeout() {
    return timeoutMillis == null ? null : Instant.ofEpochMilli(timeoutMillis);
  }

  /**
   * Returns whether the journal holds anything of the group.
   *
   * @return false if it has neither state nor timeout, and is not parked
   */
  public boolean exists() {
    return state != null || timeoutMillis != null || parked != null;
  }
}

package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a variable: a value, an element of a list, an entry of a map, or a timer.
 *
 * @param key the key of a map's entry, or the tag of a timer; null for other entries, and for the
 *     timer without a tag
 * @param value its value as JSON; null for a timer
 * @param dueMillis the time at which it expires or, as a timer, fires, in milliseconds since 1970;
 *     null if it never expires
 * @since 0.1
 */
public record EntryView(
    @Nullable JsonNode key, @Nullable JsonNode value, @Nullable Long dueMillis) {
  /**
   * Returns the time at which the entry expires or fires.
   *
   * @return the time, on the clock of the variable; null if the entry never expires
   */
  public @Nullable Instant due() {
    return dueMillis == null ? null : Instant.ofEpochMilli(dueMillis);
  }
}

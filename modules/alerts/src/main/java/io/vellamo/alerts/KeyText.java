package io.vellamo.alerts;

import java.time.temporal.TemporalAccessor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The text of a grouping key, of which incidents have their identity. */
final class KeyText {
  private KeyText() {}

  /**
   * Returns the text of a key whose class defines it.
   *
   * @throws IllegalArgumentException if the text might differ from one run to the next
   */
  static String of(@Nullable Object key) {
    if (key == null || isStable(key)) {
      return String.valueOf(key);
    }
    throw new IllegalArgumentException(
        "key of alert rules must be text, a number, a boolean, a character, an enum, a UUID, a time"
            + " or a record, was of class [%s]; give its text with withKeyText"
                .formatted(key.getClass().getName()));
  }

  private static boolean isStable(Object key) {
    return key instanceof String
        || key instanceof Number
        || key instanceof Boolean
        || key instanceof Character
        || key instanceof Enum<?>
        || key instanceof UUID
        || key instanceof TemporalAccessor
        || key instanceof Record;
  }
}

package io.vellamo.engine.group;

import org.jspecify.annotations.Nullable;

/**
 * Writes and reads grouping keys. Two keys are the same if they are written the same, as equal keys
 * are.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> Both directions throw {@link io.vellamo.api.SerializationException}.
 */
public interface KeyCodec {
  /** Returns the serialized key; null is a key too. */
  GroupKey write(@Nullable Object key);

  /** Returns a key that was written. */
  @Nullable Object read(GroupKey key);

  /**
   * Returns whether keys that are {@code equal} are always written the same, so that a key seen
   * before need not be written again. The class of a user may see it otherwise, for instance as
   * equal whatever the case.
   */
  default boolean writesEqualKeysAlike() {
    return false;
  }
}

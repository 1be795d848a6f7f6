package io.vellamo.engine.group;

import org.jspecify.annotations.Nullable;

/**
 * The codec of grouping keys. Two keys are the same if their serialized forms are equal.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> Both directions throw {@link io.vellamo.api.SerializationException}.
 */
public interface KeyCodec {
  /** Returns the serialized key; null is a key too. */
  GroupKey write(@Nullable Object key);

  /** Returns the key of a serialized form. */
  @Nullable Object read(GroupKey key);

  /**
   * Returns whether equal keys always have the same serialized form, so that the form of an equal
   * key can be reused. Not so for every user class: one may, for instance, ignore case in {@code
   * equals}.
   */
  default boolean writesEqualKeysAlike() {
    return false;
  }
}

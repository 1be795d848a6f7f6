package io.vellamo.engine.pipeline;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cache of serialized keys: if few keys have most of the events, most keys are not serialized
 * again.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class WrittenKeys {
  /** A power of two; all places fit into a core's first-level cache. */
  private static final int PLACES = 2048;

  private final KeyCodec codec;
  // Compared first: with many keys, most places hold another one, which need not be read then.
  private final int[] hashes = new int[PLACES];
  private final @Nullable Object[] userKeys = new Object[PLACES];
  private final @Nullable GroupKey[] keys = new GroupKey[PLACES];
  private final boolean remembers;

  /**
   * Creates an empty cache. The serialized form identifies a key, so keys are cached only if equal
   * keys always have the same form.
   */
  WrittenKeys(KeyCodec codec) {
    this.codec = codec;
    this.remembers = codec.writesEqualKeysAlike();
  }

  GroupKey of(@Nullable Object userKey) {
    if (userKey == null || !remembers) {
      return codec.write(userKey);
    }
    int hash = userKey.hashCode();
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    GroupKey known = keys[place];
    if (known != null && hashes[place] == hash && userKey.equals(userKeys[place])) {
      return known;
    }
    GroupKey written = codec.write(userKey);
    hashes[place] = hash;
    userKeys[place] = userKey;
    keys[place] = Objects.requireNonNull(written);
    return written;
  }
}

package io.vellamo.engine.pipeline;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes keys, and remembers some of those written before: where few keys have most events, most
 * need not be written again.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class WrittenKeys {
  /** A power of two; all places fit into a core's nearest cache. */
  private static final int PLACES = 2048;

  private final KeyCodec codec;
  private final @Nullable Object[] userKeys = new Object[PLACES];
  private final @Nullable GroupKey[] keys = new GroupKey[PLACES];
  private final boolean remembers;

  /**
   * Creates a memory that knows no keys. What decides about a key is its written form: a class
   * without {@code equals}, or with one of its own mind, is written each time.
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
    if (known != null && userKey.equals(userKeys[place])) {
      return known;
    }
    GroupKey written = codec.write(userKey);
    userKeys[place] = userKey;
    keys[place] = Objects.requireNonNull(written);
    return written;
  }
}

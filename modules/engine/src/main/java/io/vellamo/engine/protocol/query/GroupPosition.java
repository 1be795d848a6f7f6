package io.vellamo.engine.protocol.query;

import io.vellamo.engine.group.GroupKey;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A position in the groups of an operator, which are ordered by shard and then by key.
 *
 * @param shard the shard among those of the operator
 * @param after the last key before the position; null at the beginning of the shard
 */
public record GroupPosition(int shard, @Nullable GroupKey after) {
  /** The position before all groups. */
  public static final GroupPosition FIRST = new GroupPosition(0, null);

  /** Checks the shard. */
  public GroupPosition {
    if (shard < 0) {
      throw new IllegalArgumentException("shard must not be negative, was [%d]".formatted(shard));
    }
  }

  /** Returns this position as a text of letters, digits, hyphens and underscores. */
  public String text() {
    byte[] key = after == null ? new byte[0] : after.bytes();
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES + key.length).putInt(shard).put(key).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Returns the position of a text.
   *
   * @throws IllegalArgumentException if it is not a result of {@link #text}
   */
  public static GroupPosition of(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(decoded(text));
    if (bytes.remaining() < Integer.BYTES || bytes.get(0) < 0) {
      throw unknown(text, null);
    }
    int shard = bytes.getInt();
    if (!bytes.hasRemaining()) {
      return new GroupPosition(shard, null);
    }
    byte[] key = new byte[bytes.remaining()];
    bytes.get(key);
    return new GroupPosition(shard, GroupKey.of(key));
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw unknown(text, e);
    }
  }

  private static IllegalArgumentException unknown(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "after must be the next() of a preceding page, was a text of [%d] characters; leave it out for the first page"
            .formatted(text.length()),
        cause);
  }
}

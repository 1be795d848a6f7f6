package io.vellamo.cluster.read;

import java.util.Objects;

/**
 * A chunk of the encoded input that a reader has for a shard in an epoch.
 *
 * <p><b>Threading</b> Immutable; the bytes must not be changed.
 */
public final class InputChunk {
  /** The most bytes of a chunk: half of what Pekko sends in one message by default. */
  public static final int MOST_BYTES = 128 * 1024;

  private final int number;
  private final int count;
  private final byte[] bytes;

  /**
   * Creates a chunk; the bytes are not copied.
   *
   * @param number its number, from 0
   * @param count the number of chunks of the input, at least one
   * @param bytes its bytes, at most {@link #MOST_BYTES}
   * @throws IndexOutOfBoundsException if the input has no such chunk
   * @throws IllegalArgumentException if there are more bytes
   */
  public InputChunk(int number, int count, byte[] bytes) {
    this.number = Objects.checkIndex(number, count);
    this.count = count;
    this.bytes = bytes;
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "bytes must have at most [%d], were [%d]; cut the input into more chunks"
              .formatted(MOST_BYTES, bytes.length));
    }
  }

  /** Returns the number of this chunk, from 0. */
  public int number() {
    return number;
  }

  /** Returns the number of chunks of the input. */
  public int count() {
    return count;
  }

  /** Returns the bytes; must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return "InputChunk[%d of %d, %d bytes]".formatted(number, count, bytes.length);
  }
}

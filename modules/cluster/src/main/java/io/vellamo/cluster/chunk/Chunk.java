package io.vellamo.cluster.chunk;

import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.Arrays;

/** A chunk of bytes, which nobody changes. */
public final class Chunk {
  /** A chunk without bytes. */
  public static final Chunk EMPTY = new Chunk(new byte[0]);

  private final byte[] bytes;

  /** Creates a chunk of bytes, which are not copied. */
  public Chunk(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns whether there are no bytes. */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** Returns the bytes, which are not copied. */
  byte[] bytes() {
    return bytes;
  }

  /** Writes the chunk. */
  public void write(BinaryOutput out) {
    out.writeBytes(bytes);
  }

  /** Reads a chunk. */
  public static Chunk read(BinaryInput in) {
    return new Chunk(in.readBytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Chunk chunk && Arrays.equals(bytes, chunk.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Shows only the size: the bytes are payload. */
  @Override
  public String toString() {
    return "chunk of [%d] bytes".formatted(bytes.length);
  }
}

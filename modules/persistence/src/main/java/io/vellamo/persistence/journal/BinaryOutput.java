package io.vellamo.persistence.journal;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.Utf8;
import io.vellamo.engine.time.Watermark;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A growing byte array: numbers in variable length (LEB128, signed ones zigzag), byte arrays
 * preceded by their length.
 *
 * <p><b>Threading</b> Used by one thread.
 */
public final class BinaryOutput {
  private static final int FIRST_CAPACITY = 256;

  /** Some JVMs support no larger arrays. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int size;

  /** Creates an empty output. */
  public BinaryOutput() {
    this(FIRST_CAPACITY);
  }

  /** Creates an output that grows only beyond an expected size. */
  public BinaryOutput(long expectedSize) {
    bytes = new byte[(int) Math.min(Math.max(expectedSize, FIRST_CAPACITY), Integer.MAX_VALUE / 2)];
  }

  /** Writes the lowest eight bits of a number. */
  public void writeByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /** Writes a number, one byte for each seven bits; negative numbers take ten bytes. */
  public void writeUnsigned(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes a number whose length depends on its distance from zero. */
  public void writeSigned(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  /** Writes a number or null. */
  public void writeNullable(@Nullable Long value) {
    writeByte(value == null ? 0 : 1);
    if (value != null) {
      writeSigned(value);
    }
  }

  /** Writes bytes and their number. */
  public void writeBytes(byte[] value) {
    writeUnsigned(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /**
   * Writes a name.
   *
   * @throws SerializationException if it has an unpaired surrogate
   */
  public void writeText(String value) {
    writeBytes(Utf8.bytes(value, "name"));
  }

  /**
   * Writes a text for people, which may quote anything: each unpaired surrogate is replaced by
   * U+FFFD.
   */
  public void writeShownText(String value) {
    writeText(Utf8.repaired(value));
  }

  /** Writes an identifier. */
  public void writeUuid(UUID value) {
    ensure(16);
    writeFixed(value.getMostSignificantBits());
    writeFixed(value.getLeastSignificantBits());
  }

  /** Writes a watermark. */
  public void writeWatermark(Watermark value) {
    writeFixed(value.millis());
  }

  /** Returns a copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void writeFixed(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  private void ensure(int more) {
    if (more > bytes.length - size) {
      long needed = (long) size + more;
      if (needed > LARGEST) {
        throw new SerializationException(
            "record",
            "journal record must not exceed [%d] bytes, would have [%d]; keep smaller states and rows"
                .formatted(LARGEST, needed),
            null);
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(bytes.length * 2L, needed), LARGEST));
    }
  }
}

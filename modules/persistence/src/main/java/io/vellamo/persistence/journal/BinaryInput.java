package io.vellamo.persistence.journal;

import io.vellamo.engine.group.Utf8;
import io.vellamo.engine.time.Watermark;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reader of bytes from {@link BinaryOutput}; any other bytes cause an unchecked exception.
 *
 * <p><b>Threading</b> Used by one thread.
 */
public final class BinaryInput {
  private final ByteBuffer bytes;

  /** Creates an input of bytes, which are not copied. */
  public BinaryInput(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Reads a signed byte. */
  public int readByte() {
    return bytes.get();
  }

  /** Reads a number that {@link BinaryOutput#writeUnsigned} has written. */
  public long readUnsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte part = bytes.get();
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number must end within ten bytes");
  }

  /** Reads a count of elements that take at least one byte each. */
  public int readCount() {
    long count = readUnsigned();
    if (count < 0 || count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    return (int) count;
  }

  /** Reads a number that {@link BinaryOutput#writeSigned} has written. */
  public long readSigned() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Reads a number or null. */
  public @Nullable Long readNullable() {
    return readByte() == 0 ? null : (Long) readSigned();
  }

  /** Reads bytes that follow their number. */
  public byte[] readBytes() {
    byte[] value = new byte[readCount()];
    bytes.get(value);
    return value;
  }

  /** Reads a text. */
  public String readText() {
    return Utf8.text(readBytes());
  }

  /** Reads an identifier. */
  public UUID readUuid() {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /** Reads a watermark. */
  public Watermark readWatermark() {
    return Watermark.of(bytes.getLong());
  }

  /** Returns whether all bytes have been read. */
  public boolean isAtEnd() {
    return !bytes.hasRemaining();
  }
}

package io.vellamo.persistence.journal;

import io.vellamo.engine.group.Utf8;
import io.vellamo.engine.time.Watermark;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A reader of bytes from {@link BinaryOutput}; any other bytes cause an unchecked exception. */
final class BinaryInput {
  private final ByteBuffer bytes;

  BinaryInput(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  int readByte() {
    return bytes.get();
  }

  long readUnsigned() {
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
  int readCount() {
    long count = readUnsigned();
    if (count < 0 || count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    return (int) count;
  }

  long readSigned() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  @Nullable Long readNullable() {
    return readByte() == 0 ? null : (Long) readSigned();
  }

  byte[] readBytes() {
    byte[] value = new byte[readCount()];
    bytes.get(value);
    return value;
  }

  String readText() {
    return Utf8.text(readBytes());
  }

  UUID readUuid() {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  Watermark readWatermark() {
    return Watermark.of(bytes.getLong());
  }

  boolean isAtEnd() {
    return !bytes.hasRemaining();
  }
}

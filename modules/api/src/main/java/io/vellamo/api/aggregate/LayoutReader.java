package io.vellamo.api.aggregate;

import java.nio.ByteBuffer;

/**
 * The parts of a stored buffer, read in the order of its layout. Bytes that end too early cause a
 * {@link java.nio.BufferUnderflowException}.
 */
final class LayoutReader {
  private final ByteBuffer bytes;

  LayoutReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  int readByte() {
    return bytes.get();
  }

  long readCount() {
    long count = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte part = bytes.get();
      count |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return count;
      }
    }
    throw new IllegalArgumentException("number in a stored buffer must end within 10 bytes");
  }

  long readLong() {
    long value = readCount();
    return (value >>> 1) ^ -(value & 1);
  }

  double readDouble() {
    return bytes.getDouble();
  }

  int remaining() {
    return bytes.remaining();
  }
}

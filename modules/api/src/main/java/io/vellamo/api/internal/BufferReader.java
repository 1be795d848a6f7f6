package io.vellamo.api.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The parts of a stored buffer, read in the order of its layout. Bytes that end too early cause a
 * {@link BufferUnderflowException}.
 *
 * @since 0.1
 */
public final class BufferReader {
  private final ByteBuffer bytes;

  /**
   * Creates a reader.
   *
   * @param bytes what was written
   */
  public BufferReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /**
   * Reads a byte.
   *
   * @return the byte, signed
   */
  public int readByte() {
    return bytes.get();
  }

  /**
   * Reads an unsigned number.
   *
   * @return the number
   */
  public long readCount() {
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

  /**
   * Reads a number.
   *
   * @return the number
   */
  public long readLong() {
    long value = readCount();
    return (value >>> 1) ^ -(value & 1);
  }

  /**
   * Reads a double.
   *
   * @return the double
   */
  public double readDouble() {
    return bytes.getDouble();
  }

  /**
   * Returns the number of bytes that were not read.
   *
   * @return the number
   */
  public int remaining() {
    return bytes.remaining();
  }

  /**
   * Reads bytes.
   *
   * @param count their number
   * @return the bytes
   */
  public byte[] readBytes(int count) {
    if (count < 0 || count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] all = new byte[count];
    bytes.get(all);
    return all;
  }
}

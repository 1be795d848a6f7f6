package io.vellamo.api.internal;

import java.nio.BufferUnderflowException;
import java.util.Arrays;

/**
 * The parts of a stored buffer, read in the order of its layout. Bytes that end too early cause a
 * {@link BufferUnderflowException}.
 *
 * @since 0.1
 */
public final class BufferReader {
  private final byte[] bytes;
  private int next;

  /**
   * Creates a reader.
   *
   * @param bytes what was written
   */
  public BufferReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a byte.
   *
   * @return the byte, signed
   */
  public int readByte() {
    if (next == bytes.length) {
      throw new BufferUnderflowException();
    }
    return bytes[next++];
  }

  /**
   * Reads an unsigned number.
   *
   * @return the number
   */
  public long readCount() {
    long count = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int part = readByte();
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
    long bits = 0;
    for (int i = 0; i < Double.BYTES; i++) {
      bits = (bits << Byte.SIZE) | (readByte() & 0xff);
    }
    return Double.longBitsToDouble(bits);
  }

  /**
   * Returns the number of bytes that were not read.
   *
   * @return the number
   */
  public int remaining() {
    return bytes.length - next;
  }

  /**
   * Reads bytes.
   *
   * @param count their number
   * @return the bytes
   */
  public byte[] readBytes(int count) {
    if (count < 0 || count > remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] all = Arrays.copyOfRange(bytes, next, next + count);
    next += count;
    return all;
  }
}

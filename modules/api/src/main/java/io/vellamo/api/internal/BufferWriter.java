package io.vellamo.api.internal;

import java.util.Arrays;

/**
 * The parts of a stored buffer, written in the order of its layout.
 *
 * <p><b>Threading</b> Used by the thread that opened it.
 *
 * @since 0.1
 */
public final class BufferWriter implements AutoCloseable {
  /** Fits all layouts but that of a histogram. */
  private static final int FIRST_CAPACITY = 56;

  /** A larger array is not kept for the next buffer. */
  private static final int LARGEST_KEPT = 64 * 1024;

  private static final int LONGEST_NUMBER = 10;

  // A new array for each buffer took a twentieth of all allocation.
  private static final ThreadLocal<BufferWriter> OF_THREAD =
      ThreadLocal.withInitial(BufferWriter::new);

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;
  private boolean isOpen;

  private BufferWriter() {}

  /**
   * Returns an empty writer.
   *
   * @return the thread's writer, or a new one while that is open
   */
  public static BufferWriter open() {
    BufferWriter spare = OF_THREAD.get();
    BufferWriter out = spare.isOpen ? new BufferWriter() : spare;
    out.isOpen = true;
    return out;
  }

  @Override
  public void close() {
    size = 0;
    isOpen = false;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[FIRST_CAPACITY];
    }
  }

  /**
   * Writes a byte.
   *
   * @param value its lower eight bits
   */
  public void writeByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /**
   * Writes an unsigned number, one byte for each seven bits.
   *
   * @param count the number
   */
  public void writeCount(long count) {
    ensure(LONGEST_NUMBER);
    long rest = count;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /**
   * Writes a number, one byte for each seven bits of its zigzag form.
   *
   * @param value the number
   */
  public void writeLong(long value) {
    writeCount((value << 1) ^ (value >> 63));
  }

  /**
   * Writes a double; all NaN have one form.
   *
   * @param value the double
   */
  public void writeDouble(double value) {
    ensure(Double.BYTES);
    long bits = Double.doubleToLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  /**
   * Returns what was written.
   *
   * @return a new array
   */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /**
   * Writes bytes.
   *
   * @param all the bytes
   */
  public void writeBytes(byte[] all) {
    ensure(all.length);
    System.arraycopy(all, 0, bytes, size, all.length);
    size += all.length;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}

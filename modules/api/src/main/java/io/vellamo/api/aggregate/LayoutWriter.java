package io.vellamo.api.aggregate;

import java.util.Arrays;

/** The parts of a stored buffer, written in the order of its layout. */
final class LayoutWriter {
  /** Fits all layouts but that of a histogram. */
  private static final int FIRST_CAPACITY = 56;

  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  void writeByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void writeCount(long count) {
    ensure(LONGEST_NUMBER);
    long rest = count;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void writeLong(long value) {
    writeCount((value << 1) ^ (value >> 63));
  }

  /** Writes a double; all NaN have one form. */
  void writeDouble(double value) {
    ensure(Double.BYTES);
    long bits = Double.doubleToLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
  }
}

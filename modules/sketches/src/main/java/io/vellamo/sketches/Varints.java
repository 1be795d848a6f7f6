package io.vellamo.sketches;

import java.nio.ByteBuffer;

/** Numbers from 0 on in 7 bits a byte, the lowest first. */
final class Varints {
  static final int MAX_BYTES = 9;

  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private Varints() {}

  static void put(ByteBuffer target, long number) {
    long rest = number;
    while (rest >= MORE) {
      target.put((byte) (rest | MORE));
      rest >>>= BITS;
    }
    target.put((byte) rest);
  }

  /** Returns the bytes that were put into a buffer. */
  static byte[] written(ByteBuffer target) {
    byte[] bytes = new byte[target.position()];
    target.flip().get(bytes);
    return bytes;
  }

  static long get(ByteBuffer source) {
    long number = 0;
    for (int shift = 0; ; shift += BITS) {
      byte next = source.get();
      number |= (long) (next & (MORE - 1)) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}

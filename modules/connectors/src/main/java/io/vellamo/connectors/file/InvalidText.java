package io.vellamo.connectors.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A search for invalid text in a line: bytes that are not UTF-8, and unpaired surrogates.
 *
 * <p>Jackson accepts some of both: overlong forms, surrogates encoded as bytes, and escapes such as
 * {@code \ud83d} without a partner. No downstream codec could write such text.
 */
final class InvalidText {
  /** The result if there is no fault. */
  static final int NONE = -1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final int ESCAPE_LENGTH = 6;

  private InvalidText() {}

  /**
   * Returns the index of the first byte in {@code [from, to)} that is not UTF-8, or {@link #NONE}.
   */
  static int malformedAt(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (i + Long.BYTES <= to && ((long) LONG.get(bytes, i) & HIGH_BITS) == 0) {
        i += Long.BYTES;
      } else if (bytes[i] >= 0) {
        i++;
      } else {
        int length = sequenceLength(bytes, i, to);
        if (length == 0) {
          return i;
        }
        i += length;
      }
    }
    return NONE;
  }

  /**
   * Returns the index of the first escape in JSON that is an unpaired surrogate, or {@link #NONE}.
   */
  static int loneEscapeAt(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (i + Long.BYTES <= to && !hasBackslash((long) LONG.get(bytes, i))) {
        i += Long.BYTES;
      } else if (bytes[i] != '\\') {
        i++;
      } else {
        int unit = escapedUnit(bytes, i, to);
        if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
          i += 2;
        } else if (Character.isHighSurrogate((char) unit) && isLow(bytes, i + ESCAPE_LENGTH, to)) {
          i += 2 * ESCAPE_LENGTH;
        } else {
          return i;
        }
      }
    }
    return NONE;
  }

  private static boolean hasBackslash(long eight) {
    long x = eight ^ BACKSLASHES;
    return ((x - LOW_BITS) & ~x & HIGH_BITS) != 0;
  }

  private static boolean isLow(byte[] bytes, int at, int to) {
    int unit = escapedUnit(bytes, at, to);
    return unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
  }

  /** Returns the UTF-16 code unit of an escape; −1 if there is no escape at that position. */
  private static int escapedUnit(byte[] bytes, int at, int to) {
    if (at + ESCAPE_LENGTH > to || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE_LENGTH; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /** Returns the length of the sequence that begins at a byte; 0 if it is malformed. */
  private static int sequenceLength(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    // The second byte reveals overlong forms, surrogates and code points above U+10FFFF.
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    boolean sound = second >= least && second <= most;
    for (int i = at + 2; i < at + length; i++) {
      sound &= (bytes[i] & 0xc0) == 0x80;
    }
    return sound ? length : 0;
  }
}

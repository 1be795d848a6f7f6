package io.vellamo.connectors.file;

/**
 * Looks for text in an entry that has no well-formed UTF-16: Jackson takes half of a surrogate
 * pair, escaped or as three bytes, and neither a journal nor a CSV file can hold it.
 *
 * <p><b>Cost</b> A pass over the entry's bytes.
 */
final class EntryText {
  private static final int ESCAPE_LENGTH = 6;

  private EntryText() {}

  /**
   * Returns the index of the first byte that is not UTF-8, or of an escape that is half of a
   * surrogate pair; −1 if there is none.
   *
   * @param escapes whether a backslash begins an escape, as in JSON
   */
  static int fault(byte[] bytes, int from, int length, boolean escapes) {
    int end = from + length;
    int i = from;
    while (i < end) {
      byte b = bytes[i];
      int step;
      if (b < 0) {
        step = sequence(bytes, i, end);
      } else {
        step = b == '\\' && escapes ? escape(bytes, i, end) : 1;
      }
      if (step == 0) {
        return i;
      }
      i += step;
    }
    return -1;
  }

  /** Returns the length of a sequence of several bytes; 0 if it is not UTF-8. */
  private static int sequence(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    int length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (at + length > end) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = length == 0 ? 0 : bytes[at + 1] & 0xff;
    boolean overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    boolean surrogate = first == 0xed && second > 0x9f;
    boolean tooLarge = first == 0xf4 && second > 0x8f;
    return overlong || surrogate || tooLarge ? 0 : length;
  }

  /** Returns the length of an escape, or of two that are a pair; 0 if it is half of one. */
  private static int escape(byte[] bytes, int at, int end) {
    int first = escaped(bytes, at, end);
    if (first < 0 || !Character.isSurrogate((char) first)) {
      return first < 0 ? 2 : ESCAPE_LENGTH;
    }
    int second = escaped(bytes, at + ESCAPE_LENGTH, end);
    boolean isPair = second >= 0 && Character.isSurrogatePair((char) first, (char) second);
    return isPair ? 2 * ESCAPE_LENGTH : 0;
  }

  /** Returns the character of an escape by its code; −1 if there is no such escape. */
  private static int escaped(byte[] bytes, int at, int end) {
    if (at + ESCAPE_LENGTH > end || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int code = 0;
    for (int i = at + 2; i < at + ESCAPE_LENGTH; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }
}

package io.vellamo.engine.group;

import io.vellamo.api.SerializationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict conversion between text and UTF-8, which rejects text that has no UTF-8 form. {@link
 * String#getBytes} instead writes a question mark for each unpaired surrogate, so that different
 * keys and names become equal.
 */
public final class Utf8 {
  private static final byte[] NO_FRONT = {};

  private Utf8() {}

  /**
   * Returns the bytes of a text.
   *
   * @param role the role of the text, for the message
   * @throws SerializationException if the text has an unpaired surrogate
   */
  public static byte[] bytes(String text, String role) {
    return bytes(NO_FRONT, text, role);
  }

  /**
   * Returns a prefix followed by the bytes of a text.
   *
   * @param front the bytes before the text
   * @param role the role of the text, for the message
   * @throws SerializationException if the text has an unpaired surrogate
   */
  public static byte[] bytes(byte[] front, String text, String role) {
    int length = text.length();
    byte[] ascii = new byte[front.length + length];
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return notAscii(front, text, role);
      }
      ascii[front.length + i] = (byte) c;
    }
    System.arraycopy(front, 0, ascii, 0, front.length);
    return ascii;
  }

  private static byte[] notAscii(byte[] front, String text, String role) {
    int unpaired = unpairedSurrogate(text);
    if (unpaired >= 0) {
      throw SerializationException.ofValue(
          String.class.getName(),
          "%s must be well-formed text, has an unpaired surrogate at index [%d] of [%d]; cut text only between code points"
              .formatted(role, unpaired, text.length()),
          null);
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[front.length + utf8.length];
    System.arraycopy(front, 0, all, 0, front.length);
    System.arraycopy(utf8, 0, all, front.length, utf8.length);
    return all;
  }

  /**
   * Returns the text of UTF-8 bytes.
   *
   * @throws IllegalArgumentException if they are not UTF-8
   */
  public static String text(byte[] bytes) {
    return text(bytes, 0);
  }

  /**
   * Returns the text of UTF-8 bytes from an index on.
   *
   * @throws IllegalArgumentException if they are not UTF-8
   */
  public static String text(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return checkedText(bytes, from);
      }
    }
    return new String(bytes, from, bytes.length - from, StandardCharsets.US_ASCII);
  }

  private static String checkedText(byte[] bytes, int from) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("text must be UTF-8, is damaged", e);
    }
  }

  /** Returns a text for display, with each unpaired surrogate replaced by U+FFFD. */
  public static String repaired(String text) {
    int unpaired = unpairedSurrogate(text);
    if (unpaired < 0) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    for (; unpaired >= 0; unpaired = unpairedSurrogate(repaired)) {
      repaired.setCharAt(unpaired, '\ufffd');
    }
    return repaired.toString();
  }

  /** Returns the index of the first unpaired surrogate; −1 if there is none. */
  public static int unpairedSurrogate(CharSequence text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == length
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}

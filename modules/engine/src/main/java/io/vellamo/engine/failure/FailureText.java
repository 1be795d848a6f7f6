package io.vellamo.engine.failure;

import org.jspecify.annotations.Nullable;

/** Conversion of foreign text to a single line of bounded length. */
final class FailureText {
  /** Maximum length, in a message, of the text of an exception that user code threw. */
  static final int LONGEST_OF_USER = 200;

  /** Maximum length of stored exception texts and of the texts of Vellamo's own exceptions. */
  static final int LONGEST = 1000;

  /** Bounds the walk along causes, which can form a cycle. */
  static final int DEEPEST = 50;

  private static final String CUT = "...";

  private FailureText() {}

  /**
   * Returns the text of an exception; null if it has none. If {@code getMessage} throws, the text
   * says so.
   */
  @SuppressWarnings("CatchingUnchecked") // a user's class may do anything here
  static @Nullable String of(Throwable failure, int longest) {
    try {
      String message = failure.getMessage();
      return message == null || message.isBlank() ? null : clean(message, longest);
    } catch (Exception | Error e) {
      return "its text can't be told, as getMessage threw [%s]".formatted(e.getClass().getName());
    }
  }

  /** Returns a value as text, or its class if {@code toString} throws. */
  @SuppressWarnings("CatchingUnchecked") // a user's class may do anything here
  static String ofValue(@Nullable Object value) {
    try {
      return clean(String.valueOf(value), LONGEST_OF_USER);
    } catch (Exception | Error e) {
      return "a " + (value == null ? "null" : value.getClass().getName());
    }
  }

  /** Replaces each run of whitespace by one space and each unprintable character by U+FFFD. */
  static String clean(String text, int longest) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), LONGEST));
    int place = 0;
    while (place < text.length()) {
      int point = text.codePointAt(place);
      place += Character.charCount(point);
      if (clean.length() + Character.charCount(point) > longest) {
        return longest == LONGEST ? clean.toString() : clean.append(CUT).toString();
      }
      if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
        if (clean.length() > 0 && clean.charAt(clean.length() - 1) != ' ') {
          clean.append(' ');
        }
      } else if (isUnprintable(point)) {
        clean.append('\uFFFD');
      } else {
        clean.appendCodePoint(point);
      }
    }
    int end = clean.length();
    return end > 0 && clean.charAt(end - 1) == ' ' ? clean.substring(0, end - 1) : clean.toString();
  }

  /**
   * Matches control characters, format characters such as direction marks, and unpaired surrogates.
   */
  private static boolean isUnprintable(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
  }
}

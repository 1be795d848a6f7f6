package io.vellamo.engine.failure;

import org.jspecify.annotations.Nullable;

/** Foreign texts as one line of bounded length. */
final class FailureText {
  /** The longest text of an exception that a user's code threw, in a message. */
  static final int LONGEST_OF_USER = 200;

  /** The longest text of an exception that is kept, and of Vellamo's own. */
  static final int LONGEST = 1000;

  /** Causes can be a ring. */
  static final int DEEPEST = 50;

  private static final String CUT = "...";

  private FailureText() {}

  /** Returns the text of an exception; null if it has none, or throws when asked. */
  @SuppressWarnings("CatchingUnchecked") // a user's class may do anything here
  static @Nullable String of(Throwable failure, int longest) {
    try {
      String message = failure.getMessage();
      return message == null || message.isBlank() ? null : clean(message, longest);
    } catch (Exception | Error e) {
      return "its text can't be told, as getMessage threw [%s]".formatted(e.getClass().getName());
    }
  }

  /** Returns a value as text, or its class if that can't be had. */
  @SuppressWarnings("CatchingUnchecked") // a user's class may do anything here
  static String ofValue(@Nullable Object value) {
    try {
      return clean(String.valueOf(value), LONGEST_OF_USER);
    } catch (Exception | Error e) {
      return "a " + (value == null ? "null" : value.getClass().getName());
    }
  }

  /** Line ends and tabs become spaces, runs of them one; what else has no form becomes a mark. */
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

  /** Control characters, those that turn the direction of a line, and halves of characters. */
  private static boolean isUnprintable(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
  }
}

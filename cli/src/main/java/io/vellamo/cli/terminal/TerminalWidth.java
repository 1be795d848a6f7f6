package io.vellamo.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The number of columns of the terminal. */
final class TerminalWidth {
  /** The width if the terminal reports none. */
  static final int DEFAULT = 80;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})");
  private static final long ANSWER_SECONDS = 2;

  private TerminalWidth() {}

  /** Returns the width of the program's terminal. */
  static int ofTerminal() {
    int exported = columns(System.getenv("COLUMNS"));
    if (exported > 0) {
      return exported;
    }
    int asked = columns(askTerminal());
    return asked > 0 ? asked : DEFAULT;
  }

  /** Returns a width given as a number or as rows and columns; 0 if the text is neither. */
  static int columns(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    Matcher size = SIZE.matcher(text.strip());
    String number = size.matches() ? size.group(2) : text.strip();
    return number.matches("\\d{1,5}") ? Integer.parseInt(number) : 0;
  }

  /** Returns the rows of a size given as rows and columns; 0 if the text is no such size. */
  static int rows(@Nullable String text) {
    Matcher size = SIZE.matcher(text == null ? "" : text.strip());
    return size.matches() ? Integer.parseInt(size.group(1)) : 0;
  }

  /** Returns the rows and columns that the terminal reports; null if it reports none. */
  static @Nullable String askTerminal() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size </dev/tty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        stty.destroy();
        return null;
      }
      try (InputStream answer = stty.getInputStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
      }
    } catch (IOException e) {
      return null; // no such program, for example on Windows
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}

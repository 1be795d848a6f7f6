package io.vellamo.cli.terminal;

import java.util.function.Function;

/** Words a failure and what it came from in one line. */
public final class Causes {
  private Causes() {}

  /**
   * Returns a failure in words, and its innermost cause if that says more.
   *
   * @param failure what was thrown
   * @param message the words for each
   */
  public static String describe(Throwable failure, Function<Throwable, String> message) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String first = message.apply(failure);
    String last = message.apply(innermost);
    return first.contains(last) ? first : "%s; cause: %s".formatted(first, last);
  }
}

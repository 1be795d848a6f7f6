package io.vellamo.cli.terminal;

import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.engine.failure.Failures;
import java.util.function.Function;

/** Words a failure and what it came from in one line. */
public final class Causes {
  private static final int DEEPEST = 50;

  private Causes() {}

  /**
   * Returns a failure in words, and its innermost cause if that says more. A query's failure names
   * its reason itself.
   *
   * @param failure what was thrown
   * @param message the words for the failure
   */
  public static String describe(Throwable failure, Function<Throwable, String> message) {
    String first = Failures.line(message.apply(failure));
    Throwable innermost = failure;
    for (int depth = 0; depth < DEEPEST && innermost.getCause() != null; depth++) {
      innermost = innermost.getCause();
    }
    String text = Failures.message(innermost);
    if (failure instanceof StreamingQueryException
        || innermost == failure
        || (text != null && first.contains(text))) {
      return first;
    }
    return "%s; cause: %s".formatted(first, Failures.of(true).describe(innermost));
  }
}

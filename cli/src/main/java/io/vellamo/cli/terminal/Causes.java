package io.vellamo.cli.terminal;

import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.engine.failure.Failures;
import java.util.function.Function;

/** Descriptions of failures and their causes, in one line. */
public final class Causes {
  private static final int DEEPEST = 50;

  private Causes() {}

  /**
   * Returns the description of a failure, followed by its innermost cause if that adds information.
   * A query's failure already names its cause.
   *
   * @param failure the exception or error
   * @param message the description of the failure itself
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

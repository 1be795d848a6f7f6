package io.vellamo.cli;

import io.vellamo.cli.journal.BadUsageException;
import io.vellamo.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says in one message what went wrong, and chooses the exit code. */
final class CommandErrors {
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;

  private final Terminal terminal;

  CommandErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Handles arguments that picocli refuses. */
  int onBadArguments(ParameterException refusal, String... arguments) {
    String name = refusal.getCommandLine().getCommandSpec().qualifiedName();
    terminal.error("%s; see %s --help".formatted(refusal.getMessage(), name));
    return BAD_USAGE;
  }

  /** Handles what a command throws. */
  int onFailure(Exception failure, CommandLine command, ParseResult arguments) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    terminal.error(describe(cause));
    return cause instanceof BadUsageException || cause instanceof IllegalArgumentException
        ? BAD_USAGE
        : FAILED;
  }

  /** Returns the message of a failure, and of its innermost cause if that says more. */
  private static String describe(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable next = failure; next != null; next = next.getCause()) {
      chain.add(next);
    }
    String first = message(failure);
    String last = message(chain.get(chain.size() - 1));
    return first.contains(last) ? first : "%s; cause: %s".formatted(first, last);
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getName() : message;
  }
}

package io.vellamo.cli;

import io.vellamo.cli.journal.BadUsageException;
import io.vellamo.cli.terminal.Causes;
import io.vellamo.cli.terminal.Terminal;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Handlers of errors, which print one message and return the exit code. */
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

  /** Handles an exception of a command. */
  int onFailure(Exception failure, CommandLine command, ParseResult arguments) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    terminal.error(Causes.describe(cause, CommandErrors::message));
    return cause instanceof BadUsageException || cause instanceof IllegalArgumentException
        ? BAD_USAGE
        : FAILED;
  }

  /** Handles a class that a command needs and that is not there, or in another version. */
  int onMissingClass(LinkageError missing) {
    terminal.error(
        "All classes of the journal's plugin must be on the class path, found [%s: %s]; name its jars in VELLAMO_CLASSPATH"
            .formatted(missing.getClass().getSimpleName(), missing.getMessage()));
    return FAILED;
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getName() : message;
  }
}

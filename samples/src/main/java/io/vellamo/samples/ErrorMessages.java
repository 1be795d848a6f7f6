package io.vellamo.samples;

import io.vellamo.api.VellamoException;
import io.vellamo.cli.terminal.Causes;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.samples.run.BadInputException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The error messages and exit codes of samples. */
final class ErrorMessages {
  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;
  private static final int STOPPED = 130;

  private final Terminal terminal;

  ErrorMessages(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Handles arguments that picocli rejects. */
  int onBadArguments(ParameterException refusal, String... arguments) {
    CommandLine command = refusal.getCommandLine();
    if (command.getParent() == null && refusal instanceof UnmatchedArgumentException unmatched) {
      terminal.error(
          "NAME must be one of the samples below, was [%s]"
              .formatted(unmatched.getUnmatched().get(0)));
      command.usage(terminal.err());
    } else {
      String name = command.getCommandSpec().qualifiedName();
      terminal.error("%s; see %s --help".formatted(refusal.getMessage(), name));
    }
    return BAD_INPUT;
  }

  /** Handles an exception of a sample. */
  int onFailure(Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof InterruptedException) {
      return STOPPED;
    }
    if (failure instanceof BadInputException refusal) {
      terminal.error(message(refusal));
      return BAD_INPUT;
    }
    terminal.error(Causes.describe(failure, ErrorMessages::message));
    return FAILED;
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    if (message == null) {
      return failure.getClass().getName();
    }
    return failure instanceof VellamoException || failure instanceof BadInputException
        ? message
        : "%s: %s".formatted(failure.getClass().getSimpleName(), message);
  }
}

package io.vellamo.cli;

import io.vellamo.cli.dashboard.ExplainCommand;
import io.vellamo.cli.dashboard.TopCommand;
import io.vellamo.cli.journal.JournalCommand;
import io.vellamo.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of Vellamo. */
@Command(
    name = "bin/vellamo",
    description = "Looks into running queries, and into what queries have left in the journal",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "Commands:%n")
public final class VellamoCommand implements Runnable {
  private final Terminal terminal;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  private VellamoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    System.exit(run(Terminal.system(), arguments));
  }

  /**
   * Runs a command.
   *
   * @param terminal the terminal to print on
   * @param arguments the command and its options
   * @return 0 on success, 1 if the command failed or found differences, 2 if the arguments are
   *     invalid
   */
  public static int run(Terminal terminal, String... arguments) {
    try {
      return commandLine(terminal).execute(arguments);
    } catch (LinkageError e) {
      return new CommandErrors(terminal).onMissingClass(e);
    }
  }

  /** Lists the commands. */
  @Override
  public void run() {
    commandLine(terminal).usage(terminal.out());
  }

  private static CommandLine commandLine(Terminal terminal) {
    CommandErrors errors = new CommandErrors(terminal);
    return new CommandLine(new VellamoCommand(terminal))
        .addSubcommand(JournalCommand.commandLine(terminal))
        .addSubcommand(new TopCommand(terminal))
        .addSubcommand(new ExplainCommand(terminal))
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(errors::onBadArguments)
        .setExecutionExceptionHandler(errors::onFailure);
  }
}

package io.vellamo.cli.journal;

import io.vellamo.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command for journals, which runs one of its subcommands or, without a name, lists them. */
@Command(
    name = "journal",
    description = "Looks into a journal, checks it, replays it, and changes its shards",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "Commands:%n")
public final class JournalCommand implements Runnable {
  private final Terminal terminal;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  private JournalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Returns the command with all its subcommands.
   *
   * @param terminal the terminal to print on
   * @return the command in picocli's form
   */
  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new JournalCommand(terminal))
        .addSubcommand(new ListCommand(terminal))
        .addSubcommand(new ShowCommand(terminal))
        .addSubcommand(new HistoryCommand(terminal))
        .addSubcommand(new WhyCommand(terminal))
        .addSubcommand(new VerifyCommand(terminal))
        .addSubcommand(new ReplayCommand(terminal))
        .addSubcommand(new ReshardCommand(terminal));
  }

  /** Lists the commands. */
  @Override
  public void run() {
    commandLine(terminal).usage(terminal.out());
  }
}

package io.vellamo.samples;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.samples.activity.GitHubActivity;
import io.vellamo.samples.alerts.GitHubAlerts;
import io.vellamo.samples.busiest.GitHubBusiest;
import io.vellamo.samples.flights.FlightWindows;
import io.vellamo.samples.pager.Pager;
import io.vellamo.samples.run.FurtherSample;
import io.vellamo.samples.sessions.GitHubSessions;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that runs a sample by name, and lists the samples without one. */
@Command(
    name = "bin/sample",
    synopsisHeading = "Usage: ",
    customSynopsis = "bin/sample NAME [options]%n       bin/sample NAME --help%n",
    commandListHeading = "Samples:%n")
public final class Samples implements Runnable {
  private final Terminal terminal;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      hidden = true)
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  private Samples(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Runs a sample and ends the JVM with its exit code.
   *
   * @param arguments the sample's name and its options
   */
  public static void main(String[] arguments) {
    System.exit(run(Terminal.system(), arguments));
  }

  /**
   * Runs a sample.
   *
   * @param terminal prints its output
   * @param arguments the sample's name and its options
   * @return 0; 1 if the sample failed, 2 if the arguments, or files that they name, can't be used,
   *     130 if it was stopped
   */
  public static int run(Terminal terminal, String... arguments) {
    return commandLine(terminal).execute(arguments);
  }

  /** Lists the samples. */
  @Override
  public void run() {
    commandLine(terminal).usage(terminal.out());
  }

  private static CommandLine commandLine(Terminal terminal) {
    ErrorMessages errors = new ErrorMessages(terminal);
    CommandLine all =
        new CommandLine(new Samples(terminal))
            .addSubcommand(new GitHubSessions(terminal))
            .addSubcommand(new GitHubAlerts(terminal))
            .addSubcommand(new GitHubBusiest(terminal))
            .addSubcommand(new GitHubActivity(terminal))
            .addSubcommand(new FlightWindows(terminal))
            .addSubcommand(new Pager(terminal));
    ServiceLoader.load(FurtherSample.class)
        .forEach(sample -> all.addSubcommand(sample.command(terminal)));
    Elsewhere.samples().forEach((name, sample) -> addUnlessThere(all, name, sample));
    return all.setOut(terminal.out())
        .setErr(terminal.err())
        .setParameterExceptionHandler(errors::onBadArguments)
        .setExecutionExceptionHandler(errors::onFailure);
  }

  private static void addUnlessThere(CommandLine all, String name, Object sample) {
    if (!all.getSubcommands().containsKey(name)) {
      all.addSubcommand(sample);
    }
  }
}

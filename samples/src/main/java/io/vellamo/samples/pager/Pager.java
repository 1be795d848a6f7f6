package io.vellamo.samples.pager;

import io.vellamo.actors.Vellamo;
import io.vellamo.alerts.pagerduty.PagerDuty;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.OutputMode;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.connectors.rate.RateSource;
import io.vellamo.samples.run.BadInputException;
import io.vellamo.samples.run.DashboardOption;
import io.vellamo.samples.run.DurationOption;
import io.vellamo.samples.run.LiveQuery;
import io.vellamo.samples.run.Table;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sample that watches machines and sends alerts to a stand-in for PagerDuty. */
@Command(
    name = Pager.NAME,
    description = "Sends alerts about machines to a stand-in for PagerDuty",
    sortOptions = false)
public final class Pager implements Callable<Integer> {
  static final String NAME = "pager";

  private static final Duration DELAY = Duration.ofMillis(500);

  private final Terminal terminal;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the received events go. Default: vellamo-out/${COMMAND-NAME}")
  private Path out = Path.of("vellamo-out", NAME);

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long to run. Default: until Ctrl-C")
  private @Nullable String limit;

  @Option(
      names = "--machines",
      paramLabel = "N",
      description = "How many machines report, up to 1000. Default: ${DEFAULT-VALUE}")
  private int machines = 20;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "How many readings a second there are in all. Default: ${DEFAULT-VALUE}")
  private int rate = 100;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Chooses the disturbances. Default: ${DEFAULT-VALUE}")
  private long seed = 1;

  @Option(
      names = "--fail-one-in",
      paramLabel = "N",
      description =
          "Lets the stand-in answer one in N requests with 503, 0 for none. Default: ${DEFAULT-VALUE}")
  private int failOneIn;

  @Mixin private DashboardOption dashboard = new DashboardOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows these options")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  /**
   * Creates the command.
   *
   * @param terminal prints its output
   */
  public Pager(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireFrom("--machines", machines, 1, 1000);
    requireFrom("--rate", rate, 1, 100_000);
    requireFrom("--fail-one-in", failOneIn, 0, Integer.MAX_VALUE);
    dashboard.port(); // Refused before anything is started.
    Duration time = limit == null ? null : DurationOption.positive("--for", limit);
    Path file = createdFile();
    try (PagerEndpoint endpoint = PagerEndpoint.start(file, terminal, failOneIn)) {
      terminal.print("A stand-in for PagerDuty receives events at " + endpoint.uri());
      long readings =
          LiveQuery.run(terminal, time, dashboard, vellamo -> query(vellamo, endpoint.uri()));
      print(readings, endpoint.counts(), file);
    }
    return 0;
  }

  private QueryBuilder query(Vellamo vellamo, URI endpoint) {
    Machines all = new Machines(machines, seed);
    return vellamo
        .query(NAME)
        .from(RateSource.perSecond(rate))
        .filter(all::isSent)
        .map(all::reading)
        .withWatermark(MachineReading::time, DELAY)
        .groupByKey(MachineReading::machine)
        .process(OutputMode.APPEND, PagerRules.create())
        .to(PagerDuty.sink("routing-key-of-a-sample").withEndpoint(endpoint));
  }

  private void print(long readings, PageCounts counts, Path file) {
    terminal.print(NAME + ": the time is over");
    new Table()
        .row("readings", readings)
        .row("incidents opened", counts.opened())
        .row("reminders", counts.reminders())
        .row("incidents closed", counts.closed())
        .row("still open", counts.open())
        .row("received", file.toString())
        .printOn(terminal);
  }

  private Path createdFile() {
    try {
      return Files.createDirectories(out.toAbsolutePath().normalize()).resolve("pages.jsonl");
    } catch (IOException e) {
      throw new BadInputException(
          "--out must be a directory that can be written, found [%s]; name another one"
              .formatted(e));
    }
  }

  private static void requireFrom(String option, int number, int least, int most) {
    if (number < least || number > most) {
      throw new BadInputException(
          "%s must be from %d to %d, was [%d]".formatted(option, least, most, number));
    }
  }
}

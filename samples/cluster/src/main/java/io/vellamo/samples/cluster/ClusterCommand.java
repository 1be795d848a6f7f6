package io.vellamo.samples.cluster;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.samples.run.BadInputException;
import io.vellamo.samples.run.DashboardOption;
import io.vellamo.samples.run.DataLock;
import io.vellamo.samples.run.DurationOption;
import io.vellamo.samples.run.UserStop;
import io.vellamo.samples.run.WritableDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The sample that runs a query on several nodes of this machine, kills them, and checks the rows.
 */
@Command(
    name = ClusterCommand.NAME,
    description = "Finds sessions on several nodes, which can be killed",
    sortOptions = false)
final class ClusterCommand implements Callable<Integer> {
  static final String NAME = "cluster";

  private static final int EQUAL = 0;
  private static final int DIFFERENT = 1;
  private static final int MOST_NODES = 9;
  private static final int MOST_PORT = 65_535;
  private static final long MILLIS = 1000;

  private final Terminal terminal;
  private final InputStream input;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many JVMs there are, up to 9. Default: ${DEFAULT-VALUE}")
  private int count = 3;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long there are visits. Default: ${DEFAULT-VALUE}")
  private String time = "PT2M";

  @Option(
      names = "--kill-every",
      paramLabel = "DURATION",
      description =
          "Kills a node, chosen at random, after each such time, once all are up. Default: never")
  private @Nullable String killEvery;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "How many visits a second there are. Default: ${DEFAULT-VALUE}")
  private int rate = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Chooses the nodes to kill. Default: ${DEFAULT-VALUE}")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the logs of the nodes go. Default: vellamo-out/cluster")
  private Path out = Path.of("vellamo-out", NAME);

  @Mixin private DashboardOption dashboard = new DashboardOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows these options")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  ClusterCommand(Terminal terminal) {
    this(terminal, System.in);
  }

  /**
   * Creates the command.
   *
   * @param terminal prints its output
   * @param input what the user types
   */
  ClusterCommand(Terminal terminal, InputStream input) {
    this.terminal = terminal;
    this.input = input;
  }

  @Override
  @SuppressWarnings("try") // the lock is only held
  public Integer call() throws IOException, InterruptedException, SQLException {
    requireFrom("--nodes", count, 1, MOST_NODES);
    requireFrom("--rate", rate, 1, 100_000);
    Duration visited = DurationOption.positive("--for", time);
    requireDashboardPorts();
    ClusterOptions options =
        new ClusterOptions(
            count,
            new VisitLoop(rate, Math.max(1, visited.toMillis() * rate / MILLIS)),
            visited,
            killEvery == null ? null : DurationOption.positive("--kill-every", killEvery),
            seed,
            out.toAbsolutePath().normalize(),
            dashboard.port());
    WritableDirectory.require("--out", options.out());
    try (DataLock lock = DataLock.acquire(options.out());
        UserStop userStop = UserStop.listen(terminal, "Stopped. All nodes have ended")) {
      ClusterDemonstration demonstration =
          new ClusterDemonstration(options, terminal, TypedNumbers.from(input), userStop);
      return demonstration.run() ? EQUAL : DIFFERENT;
    }
  }

  private void requireDashboardPorts() {
    Integer first = dashboard.port();
    if (first != null && first + count - 1 > MOST_PORT) {
      throw new BadInputException(
          "--dashboard and the ports of the other [%d] nodes must be at most %d, was [%d]; name a smaller one, or 0 for free ones"
              .formatted(count - 1, MOST_PORT, first));
    }
  }

  private static void requireFrom(String option, int number, int least, int most) {
    if (number < least || number > most) {
      throw new BadInputException(
          "%s must be from %d to %d, was [%d]".formatted(option, least, most, number));
    }
  }
}

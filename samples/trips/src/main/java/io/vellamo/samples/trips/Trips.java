package io.vellamo.samples.trips;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.cassandra.CassandraCluster;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.samples.run.BadInputException;
import io.vellamo.samples.run.DashboardOption;
import io.vellamo.samples.run.DataLock;
import io.vellamo.samples.run.DurationOption;
import io.vellamo.samples.run.RunningSystem;
import io.vellamo.samples.run.Table;
import io.vellamo.samples.run.UserStop;
import io.vellamo.samples.run.WritableDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sample that follows vehicles from Kafka to Cassandra, and starts both. */
@Command(
    name = Trips.NAME,
    description = "Writes trips of vehicles from Kafka to Cassandra",
    sortOptions = false)
public final class Trips implements Callable<Integer> {
  static final String NAME = "trips";

  private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final String STOPPED = "Stopped. The same command goes on from here";

  private final Terminal terminal;
  private final InstantSource clock = InstantSource.system();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the rows of Cassandra go at the end. Default: vellamo-out/trips")
  private Path out = Path.of("vellamo-out", NAME);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the journal and the data of the servers are, so that a second run goes on from"
              + " the first. Default: vellamo-data/trips")
  private Path data = Path.of("vellamo-data", NAME);

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long vehicles drive. Default: until Ctrl-C")
  private @Nullable String limit;

  @Option(
      names = "--vehicles",
      paramLabel = "N",
      description = "How many vehicles there are, up to 1000. Default: ${DEFAULT-VALUE}")
  private int vehicles = 20;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "How many positions a second there would be if all were driving. Default:"
              + " ${DEFAULT-VALUE}")
  private int rate = 100;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Chooses the trips. Default: ${DEFAULT-VALUE}")
  private long seed = 1;

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
  public Trips(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  @SuppressWarnings("try") // the lock is only held
  public Integer call() throws IOException, InterruptedException {
    requireFrom("--vehicles", vehicles, 1, 1000);
    // A vehicle that reports less often than the gap of trips would end one with each position.
    requireFrom("--rate", rate, vehicles, 100_000);
    dashboard.port(); // Refused before anything is started.
    Duration time = limit == null ? null : DurationOption.positive("--for", limit);
    out = out.toAbsolutePath().normalize();
    data = data.toAbsolutePath().normalize();
    WritableDirectory.require("--out", out);
    WritableDirectory.require("--data", data);
    try (DataLock lock = DataLock.acquire(data);
        TripServers servers = TripServers.start(data, terminal)) {
      run(servers, time);
    }
    return 0;
  }

  private void run(TripServers servers, @Nullable Duration time)
      throws IOException, InterruptedException {
    try (UserStop userStop = UserStop.listen(terminal, STOPPED);
        RunningSystem system = RunningSystem.start(data.resolve("journal"), Map.of())) {
      dashboard.show(system, terminal);
      TripQueries queries =
          new TripQueries(
              system.vellamo(), servers.brokers(), CassandraCluster.of(servers.session()));
      StreamingQuery trips = queries.trips();
      userStop.stops(trips);
      StreamingQuery running = queries.running();
      userStop.stops(running);
      StreamingQuery positions = queries.positions(new Fleet(vehicles, seed), rate);
      userStop.stops(positions);
      follow(List.of(positions, trips, running), trips, time);
      positions.stop();
      userStop.requireNone();
      trips.processAllAvailable();
      running.processAllAvailable();
      trips.stop();
      running.stop();
      userStop.requireNone();
      print(servers, trips);
    }
  }

  /**
   * Waits until the time is over, which begins with the first positions in Cassandra, and says now
   * and then how far the queries are.
   */
  private void follow(List<StreamingQuery> queries, StreamingQuery trips, @Nullable Duration time)
      throws InterruptedException {
    boolean ended = false;
    while (!ended && trips.lastProgress().isEmpty()) {
      ended = haveEnded(queries);
    }
    Instant end = time == null ? Instant.MAX : clock.instant().plus(time);
    Instant reportAt = clock.instant().plus(REPORT_EVERY);
    while (!ended && clock.instant().isBefore(end)) {
      ended = haveEnded(queries);
      if (!clock.instant().isBefore(reportAt)) {
        trips.lastProgress().ifPresent(this::report);
        reportAt = reportAt.plus(REPORT_EVERY);
      }
    }
  }

  /** Waits a moment, and returns whether a query was stopped; throws if one has failed. */
  private static boolean haveEnded(List<StreamingQuery> queries) throws InterruptedException {
    boolean ended = false;
    for (StreamingQuery query : queries) {
      ended |= query.awaitTermination(LOOK_EVERY);
    }
    return ended;
  }

  private void report(StreamingQueryProgress progress) {
    terminal.print(
        "  %s positions read, %d behind; %s trips ended, %d vehicles on their way"
            .formatted(
                Table.number(progress.total().input()),
                progress.sources().get(0).metrics().getOrDefault("lag", 0L),
                Table.number(progress.sinkMetrics().getOrDefault("rowsWritten", 0L)),
                progress.state().groups()));
  }

  private void print(TripServers servers, StreamingQuery trips) throws IOException {
    Path tripsFile = out.resolve("trips.jsonl");
    Path runningFile = out.resolve("running-trips.jsonl");
    int ended = StoredRows.write(servers.session(), TripQueries.TRIPS, tripsFile);
    int onTheirWay = StoredRows.write(servers.session(), TripQueries.RUNNING, runningFile);
    EventCounts total =
        trips.lastProgress().map(StreamingQueryProgress::total).orElse(EventCounts.NONE);
    terminal.print(NAME + ": the time is over");
    new Table()
        .row("positions", total.input())
        .row("late", total.late())
        .row("trips in Cassandra", ended)
        .row("still running", onTheirWay)
        .row("trips", tripsFile.toString())
        .row("running trips", runningFile.toString())
        .row("journal and servers", data.toString())
        .printOn(terminal);
  }

  private static void requireFrom(String option, int number, int least, int most) {
    if (number < least || number > most) {
      throw new BadInputException(
          "%s must be from %d to %d, was [%d]".formatted(option, least, most, number));
    }
  }
}

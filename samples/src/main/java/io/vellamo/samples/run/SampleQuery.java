package io.vellamo.samples.run;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cli.terminal.Progress;
import io.vellamo.cli.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** A run of a sample's query to its end, on its own actor system. */
public final class SampleQuery {
  private static final String STOPPED =
      "Stopped. The same command goes on from the last committed epoch";
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final DataDirectory directory;
  private final Terminal terminal;
  private final Map<String, String> configuration;
  private final InstantSource clock = InstantSource.system();

  private SampleQuery(
      DataDirectory directory, Terminal terminal, Map<String, String> configuration) {
    this.directory = directory;
    this.terminal = terminal;
    this.configuration = configuration;
  }

  /**
   * Runs a query until it ends.
   *
   * <p><b>Failure</b> The journal in the data directory stays: the next run resumes after the last
   * committed epoch.
   *
   * @param directory the query's input and its journal
   * @param terminal shows the progress
   * @param query builds the query
   * @return the report of the run
   * @throws io.vellamo.api.query.StreamingQueryException if the query fails
   * @throws InterruptedException if the user stops it
   * @throws IOException if the data directory can't be read or written
   */
  public static RunReport run(
      DataDirectory directory, Terminal terminal, Function<Vellamo, QueryBuilder> query)
      throws IOException, InterruptedException {
    return run(directory, terminal, Map.of(), query);
  }

  /**
   * Runs a query until it ends, with further settings.
   *
   * @param directory the query's input and its journal
   * @param terminal shows the progress
   * @param configuration settings by config path
   * @param query builds the query
   * @return the report of the run
   * @throws io.vellamo.api.query.StreamingQueryException if the query fails
   * @throws InterruptedException if the user stops it
   * @throws IOException if the data directory can't be read or written
   */
  public static RunReport run(
      DataDirectory directory,
      Terminal terminal,
      Map<String, String> configuration,
      Function<Vellamo, QueryBuilder> query)
      throws IOException, InterruptedException {
    return new SampleQuery(directory, terminal, configuration).run(query);
  }

  private RunReport run(Function<Vellamo, QueryBuilder> builder)
      throws IOException, InterruptedException {
    try (UserStop userStop = UserStop.listen(terminal, STOPPED);
        RunningSystem system = RunningSystem.start(directory.journal(), configuration)) {
      Instant start = clock.instant();
      directory.dashboard().show(system, terminal);
      RunCounts counts = new RunCounts();
      Supplier<QueryBuilder> query = () -> builder.apply(system.vellamo());
      if (directory.dashboard().isGiven()) {
        WatchedQuery watched =
            WatchedQuery.start(query.get(), terminal, InputLines.count(directory.input()));
        follow(watched.query(), counts, userStop, watched::isOver);
      }
      follow(query.get().start(), counts, userStop, () -> false);
      return report(counts, Duration.between(start, clock.instant()));
    }
  }

  /** Waits until a query ends, or stops it once it is over. */
  private void follow(
      StreamingQuery query, RunCounts counts, UserStop userStop, BooleanSupplier isOver)
      throws IOException, InterruptedException {
    userStop.stops(query);
    long expected = terminal.isInteractive() ? InputLines.count(directory.input()) : 0;
    try (Progress progress = terminal.progress("Events", expected)) {
      boolean ended = false;
      while (!ended && !isOver.getAsBoolean()) {
        ended = query.awaitTermination(LOOK_EVERY);
        counts.look(query);
        progress.reached(counts.input());
      }
    }
    query.stop();
    userStop.requireNone();
  }

  private RunReport report(RunCounts counts, Duration took) throws IOException {
    Optional<EventCounts> total = counts.total();
    if (total.isEmpty()) {
      total = directory.noted();
    } else {
      directory.note(total.get());
    }
    return new RunReport(total.orElse(null), counts.newEvents(), took);
  }
}

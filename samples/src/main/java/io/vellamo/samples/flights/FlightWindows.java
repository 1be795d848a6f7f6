package io.vellamo.samples.flights;

import static java.util.Objects.requireNonNull;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.samples.run.BadInputException;
import io.vellamo.samples.run.DataDirectory;
import io.vellamo.samples.run.DurationOption;
import io.vellamo.samples.run.EchoSink;
import io.vellamo.samples.run.PartFiles;
import io.vellamo.samples.run.RunReport;
import io.vellamo.samples.run.SampleOptions;
import io.vellamo.samples.run.SampleQuery;
import io.vellamo.samples.run.SampleReport;
import io.vellamo.samples.run.SampleSettings;
import io.vellamo.samples.run.WindowOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sample that counts departures and their mean delay by airport and hour. */
@Command(
    name = FlightWindows.NAME,
    description = "Finds the mean delay of departures by airport and hour",
    sortOptions = false)
public final class FlightWindows implements Callable<Integer> {
  static final String NAME = "flight-windows";

  private static final Aggregate<Flight, Long> DEPARTURES = Aggregates.count();
  private static final Aggregate<Flight, @Nullable Double> MEAN_DELAY =
      Aggregates.avgOfLongs(Flight::delay);

  private final Terminal terminal;

  @Mixin private WindowOptions windowOptions = new WindowOptions("PT1H");

  @Option(
      names = "--min-departures",
      paramLabel = "N",
      description =
          "How many departures a window must have for an alert. Default: ${DEFAULT-VALUE}")
  private long minDepartures = 10;

  @Option(
      names = "--alert-delay",
      paramLabel = "DURATION",
      description = "Which mean delay a window must exceed for an alert. Default: ${DEFAULT-VALUE}")
  private String alertDelay = "PT60M";

  @Mixin private FlightInput input = new FlightInput();

  @Mixin private SampleOptions options = new SampleOptions("P1D");

  /**
   * Creates the command.
   *
   * @param terminal prints its output
   */
  public FlightWindows(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TimeWindows windows = windowOptions.windows();
    DelayRule rule = rule();
    SampleSettings settings = options.settings(NAME, input.flights());
    try (DataDirectory directory = DataDirectory.open(settings, own(rule))) {
      RunReport report =
          SampleQuery.run(
              directory, terminal, vellamo -> query(vellamo, directory, settings, windows, rule));
      DepartureFigures figures =
          new DepartureFigures(PartFiles.read(directory.out(), Departures.class));
      SampleReport.print(terminal, settings, directory, report, figures::addTo);
    }
    return 0;
  }

  private DelayRule rule() {
    if (minDepartures < 1) {
      throw new BadInputException(
          "--min-departures must be positive, was [%d]; give 1 or more".formatted(minDepartures));
    }
    return new DelayRule(minDepartures, DurationOption.notNegative("--alert-delay", alertDelay));
  }

  private Map<String, String> own(DelayRule rule) {
    return windowOptions.with(
        Map.of(
            "--min-departures", Long.toString(rule.minDepartures()),
            "--alert-delay", rule.delay().toString()));
  }

  /**
   * Builds the query. The watermark follows the deduplication: the second half of the bundled
   * flights repeats the first, so that a watermark before it would make all duplicates late.
   */
  private QueryBuilder query(
      Vellamo vellamo,
      DataDirectory directory,
      SampleSettings settings,
      TimeWindows windows,
      DelayRule rule) {
    return vellamo
        .query(NAME)
        .from(JsonLines.source(directory.input(), Flight.class))
        .dropDuplicates(flight -> flight, Flight.class)
        .named("distinct-flights")
        .withWatermark(Flight::departure, settings.delay())
        .filter(Flight::hasDeparted)
        .groupBy(Flight::origin, windows)
        .aggregate(
            DEPARTURES,
            MEAN_DELAY,
            (origin, window, departures, meanDelay) -> {
              double mean = requireNonNull(meanDelay, "meanDelay");
              return new Departures(
                  origin,
                  window.start(),
                  window.end(),
                  departures,
                  mean,
                  rule.isMetBy(departures, mean));
            })
        .named("departures")
        .to(EchoSink.of(JsonLines.<Departures>sink(directory.out()), this::print))
        .deadLettersTo(JsonLines.sink(directory.deadLetters()))
        .trigger(Trigger.drain())
        .maxEventsPerEpoch(settings.maxEventsPerEpoch());
  }

  private void print(List<Departures> rows) {
    rows.stream()
        .filter(Departures::alert)
        .forEach(
            row ->
                terminal.print(
                    String.format(
                        Locale.ROOT,
                        "%s  %s: %d departures, on average %.0f minutes late",
                        row.start(),
                        row.origin(),
                        row.departures(),
                        row.meanDelay())));
  }
}

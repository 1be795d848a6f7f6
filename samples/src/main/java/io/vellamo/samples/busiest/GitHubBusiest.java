package io.vellamo.samples.busiest;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.samples.github.GitHubEvent;
import io.vellamo.samples.github.GitHubInput;
import io.vellamo.samples.run.DataDirectory;
import io.vellamo.samples.run.EchoSink;
import io.vellamo.samples.run.PartFiles;
import io.vellamo.samples.run.RunReport;
import io.vellamo.samples.run.SampleOptions;
import io.vellamo.samples.run.SampleQuery;
import io.vellamo.samples.run.SampleReport;
import io.vellamo.samples.run.SampleSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The sample that finds the busiest actor of each minute: a chain of two processors. */
@Command(
    name = GitHubBusiest.NAME,
    description = "Finds the actor with most events in each minute",
    sortOptions = false)
public final class GitHubBusiest implements Callable<Integer> {
  static final String NAME = "github-busiest";

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Terminal terminal;

  @Mixin private GitHubInput input = new GitHubInput();

  @Mixin private SampleOptions options = new SampleOptions("PT20M");

  /**
   * Creates the command.
   *
   * @param terminal prints its output
   */
  public GitHubBusiest(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SampleSettings settings = options.settings(NAME, input.events());
    try (DataDirectory directory = DataDirectory.open(settings, Map.of())) {
      RunReport report =
          SampleQuery.run(directory, terminal, vellamo -> query(vellamo, directory, settings));
      List<Busiest> windows = PartFiles.read(directory.out(), Busiest.class);
      BusiestFigures figures = new BusiestFigures(windows);
      SampleReport.print(terminal, settings, directory, report, figures::addTo);
    }
    return 0;
  }

  private QueryBuilder query(Vellamo vellamo, DataDirectory directory, SampleSettings settings) {
    return vellamo
        .query(NAME)
        .from(JsonLines.source(directory.input(), GitHubEvent.class))
        .withWatermark(GitHubEvent::createdAt, settings.delay())
        .groupByKey(GitHubEvent::actor)
        .process(OutputMode.APPEND, new CountByWindow(WINDOW))
        .named("count-by-window")
        .groupByKey(ActorCount::start)
        .process(OutputMode.APPEND, new FindBusiest(WINDOW))
        .named("find-busiest")
        .to(EchoSink.of(JsonLines.<Busiest>sink(directory.out()), terminal, GitHubBusiest::line))
        .deadLettersTo(JsonLines.sink(directory.deadLetters()))
        .trigger(Trigger.drain())
        .maxEventsPerEpoch(settings.maxEventsPerEpoch());
  }

  private static String line(Busiest window) {
    return "%s  %s with %d events, among %d actors"
        .formatted(window.start(), window.actor(), window.events(), window.actors());
  }
}

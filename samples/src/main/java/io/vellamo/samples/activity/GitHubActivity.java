package io.vellamo.samples.activity;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.window.TimeWindows;
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
import io.vellamo.samples.run.WindowOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sample that counts events by type and window: an aggregation. */
@Command(
    name = GitHubActivity.NAME,
    description = "Counts the events of each type in each minute",
    sortOptions = false)
public final class GitHubActivity implements Callable<Integer> {
  static final String NAME = "github-activity";

  private final Terminal terminal;

  @Mixin private WindowOptions windowOptions = new WindowOptions("PT1M");

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "When counts are emitted. append: each once, when its window is closed. update: each one"
              + " that changed, after each epoch. complete: all, after each epoch. Default:"
              + " ${DEFAULT-VALUE}")
  private String mode = "update";

  @Mixin private GitHubInput input = new GitHubInput();

  @Mixin private SampleOptions options = new SampleOptions("PT20M");

  /**
   * Creates the command.
   *
   * @param terminal prints its output
   */
  public GitHubActivity(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TimeWindows windows = windowOptions.windows();
    OutputMode outputMode = OutputModeOption.parse(mode);
    Map<String, String> own =
        windowOptions.with(Map.of("--mode", OutputModeOption.name(outputMode)));
    SampleSettings settings = options.settings(NAME, input.events());
    try (DataDirectory directory = DataDirectory.open(settings, own)) {
      ActivityView view = new ActivityView(emitted(directory), terminal);
      RunReport report =
          SampleQuery.run(
              directory,
              terminal,
              vellamo ->
                  counts(vellamo, directory, settings, windows)
                      .outputMode(outputMode)
                      .to(EchoSink.of(JsonLines.<TypeCount>sink(directory.out()), view::show))
                      .deadLettersTo(JsonLines.sink(directory.deadLetters()))
                      .trigger(Trigger.drain())
                      .maxEventsPerEpoch(settings.maxEventsPerEpoch()));
      SampleReport.print(terminal, settings, directory, report, emitted(directory)::addTo);
    }
    return 0;
  }

  private static TypeCounts emitted(DataDirectory directory) throws IOException {
    return TypeCounts.of(PartFiles.read(directory.out(), TypeCount.class));
  }

  private static EventStream<TypeCount> counts(
      Vellamo vellamo, DataDirectory directory, SampleSettings settings, TimeWindows windows) {
    return vellamo
        .query(NAME)
        .from(JsonLines.source(directory.input(), GitHubEvent.class))
        .withWatermark(GitHubEvent::createdAt, settings.delay())
        .groupBy(GitHubEvent::type, windows)
        .aggregate(Aggregates.count(), TypeCount::of);
  }
}

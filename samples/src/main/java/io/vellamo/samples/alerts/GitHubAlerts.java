package io.vellamo.samples.alerts;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
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

/** The sample that raises an alert when an actor pushes unusually often. */
@Command(
    name = GitHubAlerts.NAME,
    description = "Tells when an actor pushes 20 times or more in a minute",
    sortOptions = false)
public final class GitHubAlerts implements Callable<Integer> {
  static final String NAME = "github-alerts";

  private static final PushRule RULE = new PushRule(20, Duration.ofSeconds(60));

  private final Terminal terminal;

  @Mixin private GitHubInput input = new GitHubInput();

  @Mixin private SampleOptions options = new SampleOptions("PT20M");

  /**
   * Creates the command.
   *
   * @param terminal prints its output
   */
  public GitHubAlerts(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SampleSettings settings = options.settings(NAME, input.events());
    try (DataDirectory directory = DataDirectory.open(settings, Map.of())) {
      RunReport report =
          SampleQuery.run(directory, terminal, vellamo -> query(vellamo, directory, settings));
      List<PushAlert> alerts = PartFiles.read(directory.out(), PushAlert.class);
      AlertFigures figures = new AlertFigures(alerts);
      SampleReport.print(terminal, settings, directory, report, figures::addTo);
    }
    return 0;
  }

  /**
   * Builds the query. It filters after the watermark, so that events of all types move the
   * watermark.
   */
  private QueryBuilder query(Vellamo vellamo, DataDirectory directory, SampleSettings settings) {
    return vellamo
        .query(NAME)
        .from(JsonLines.source(directory.input(), GitHubEvent.class))
        .withWatermark(GitHubEvent::createdAt, settings.delay())
        .filter(event -> event.type().equals("PushEvent"))
        .groupByKey(GitHubEvent::actor)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            PushHistory.class,
            new DetectPushBursts(RULE))
        .to(EchoSink.of(JsonLines.<PushAlert>sink(directory.out()), terminal, GitHubAlerts::line))
        .deadLettersTo(JsonLines.sink(directory.deadLetters()))
        .trigger(Trigger.drain())
        .maxEventsPerEpoch(settings.maxEventsPerEpoch());
  }

  private static String line(PushAlert alert) {
    return "%s  %s pushed %d times within %d s"
        .formatted(alert.at(), alert.actor(), alert.count(), RULE.window().toSeconds());
  }
}

package io.vellamo.samples.sessions;

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
import io.vellamo.samples.run.DurationOption;
import io.vellamo.samples.run.PartFiles;
import io.vellamo.samples.run.RunReport;
import io.vellamo.samples.run.SampleOptions;
import io.vellamo.samples.run.SampleQuery;
import io.vellamo.samples.run.SampleReport;
import io.vellamo.samples.run.SampleSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sample that finds each actor's sessions: runs of events at most a gap apart. */
@Command(
    name = GitHubSessions.NAME,
    description = "Finds the sessions of each actor: events at most a gap apart",
    sortOptions = false)
public final class GitHubSessions implements Callable<Integer> {
  static final String NAME = "github-sessions";

  private final Terminal terminal;

  @Option(
      names = "--gap",
      paramLabel = "DURATION",
      description = "How far apart neighbours in a session may be. Default: ${DEFAULT-VALUE}")
  private String gap = "PT60S";

  @Option(
      names = "--record-inputs",
      description =
          "Records the events in the journal and keeps all of it, so that they can be replayed"
              + " through a changed function")
  private boolean recordInputs;

  @Mixin private GitHubInput input = new GitHubInput();

  @Mixin private SampleOptions options = new SampleOptions("PT20M");

  /**
   * Creates the command.
   *
   * @param terminal prints its output
   */
  public GitHubSessions(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Duration longestGap = DurationOption.positive("--gap", gap);
    SampleSettings settings = options.settings(NAME, input.events());
    String recorded = recordInputs ? "on" : "off";
    Map<String, String> own = Map.of("--gap", longestGap.toString(), "--record-inputs", recorded);
    try (DataDirectory directory = DataDirectory.open(settings, own)) {
      RunReport report =
          SampleQuery.run(
              directory,
              terminal,
              journal(),
              vellamo -> query(vellamo, directory, settings, longestGap));
      SessionFigures figures =
          new SessionFigures(PartFiles.read(directory.out(), ActorSession.class));
      SampleReport.print(terminal, settings, directory, report, figures::addTo);
    }
    return 0;
  }

  private Map<String, String> journal() {
    return recordInputs
        ? Map.of("vellamo.journal.record-inputs", "on", "vellamo.journal.history", "all")
        : Map.of();
  }

  private static QueryBuilder query(
      Vellamo vellamo, DataDirectory directory, SampleSettings settings, Duration gap) {
    return vellamo
        .query(NAME)
        .from(JsonLines.source(directory.input(), GitHubEvent.class))
        .withWatermark(GitHubEvent::createdAt, settings.delay())
        .groupByKey(GitHubEvent::actor)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            OpenSessions.class,
            new Sessionize(gap))
        .to(JsonLines.sink(directory.out()))
        .deadLettersTo(JsonLines.sink(directory.deadLetters()))
        .trigger(Trigger.drain())
        .maxEventsPerEpoch(settings.maxEventsPerEpoch());
  }
}

package io.vellamo.samples.cluster;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.samples.run.Table;
import io.vellamo.samples.run.UserStop;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A run of the sample: the nodes and their database, the kills, and the check of the rows. */
final class ClusterDemonstration {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration COUNT_EVERY = Duration.ofMillis(200);

  /** The time in which the nodes must catch up once there are no more visits. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ClusterOptions options;
  private final Terminal terminal;
  private final TypedNumbers typed;
  private final UserStop userStop;
  private final InstantSource clock = InstantSource.system();

  ClusterDemonstration(
      ClusterOptions options, Terminal terminal, TypedNumbers typed, UserStop userStop) {
    this.options = options;
    this.terminal = terminal;
    this.typed = typed;
    this.userStop = userStop;
  }

  /** Returns whether the sessions are those that a single node finds. */
  boolean run() throws IOException, InterruptedException, SQLException {
    terminal.print("A single node finds the sessions of all visits ...");
    List<VisitSession> expected = SingleNode.sessions(options.loop(), options.out());
    terminal.print("PostgreSQL and %d nodes start ...".formatted(options.nodes()));
    try (SessionTable table = SessionTable.start(options.out().resolve("postgresql"))) {
      Pauses pauses = new Pauses(clock.instant());
      int kills = follow(table, expected.size(), pauses);
      return print(table.sessions(), expected, kills, pauses);
    }
  }

  private int follow(SessionTable table, long sessions, Pauses pauses)
      throws IOException, InterruptedException, SQLException {
    Instant start = clock.instant();
    NodesView view = new NodesView(terminal);
    try (ClusterRun nodes = ClusterRun.start(arguments(table, start), options, view)) {
      nodes.dashboards().ifPresent(terminal::print);
      Instant end = start.plus(options.time());
      Instant nextLook = start;
      long found = 0;
      while (found < sessions && clock.instant().isBefore(end.plus(PATIENCE))) {
        userStop.requireNone();
        Instant now = clock.instant();
        if (!now.isBefore(nextLook)) {
          view.show(Duration.between(now, end), nodes.look());
          nextLook = now.plus(LOOK_EVERY);
        }
        Integer number = typed.next(COUNT_EVERY);
        int before = nodes.kills();
        if (number != null) {
          nodes.kill(number);
        }
        nodes.killNowAndThen(end);
        if (nodes.kills() > before) {
          pauses.killed();
        }
        nodes.restart();
        found = table.count();
        pauses.rows(clock.instant(), found);
      }
      pauses.end();
      nodes.leave();
      return nodes.kills();
    }
  }

  private NodeArguments arguments(SessionTable table, Instant start) {
    return new NodeArguments(
        0,
        options.nodes() > 1,
        List.of(),
        table.url(),
        start.toEpochMilli(),
        options.loop().perSecond(),
        options.loop().count(),
        null);
  }

  private boolean print(
      List<VisitSession> found, List<VisitSession> expected, int kills, Pauses pauses) {
    SessionDifference difference = SessionDifference.of(found, expected);
    Path logs = options.out();
    terminal.print(
        difference.isNone()
            ? ClusterCommand.NAME + ": the result is equal to that of a single node"
            : ClusterCommand.NAME + ": the result is NOT equal to that of a single node");
    new Table()
        .row("visits", options.loop().count())
        .row("nodes", options.nodes())
        .row("nodes killed", kills)
        .row("without rows after a kill", pauses.text())
        .row("sessions of the nodes", found.size())
        .row("sessions of a single node", expected.size())
        .row("missing", difference.missing())
        .row("surplus", difference.surplus())
        .row("logs of the nodes", logs.toString())
        .printOn(terminal);
    return difference.isNone();
  }
}

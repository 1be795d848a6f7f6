package io.vellamo.cli.journal;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.GroupOutcome;
import io.vellamo.replay.KeyDifference;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplayReport;
import io.vellamo.replay.RowDifference;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that runs recorded inputs through a changed function. */
@Command(
    name = "replay",
    description =
        "Runs the recorded inputs of a query through a changed function; exit code 1 if something"
            + " differs",
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "QUERY", description = "The query")
  private String query = "";

  @Option(
      names = "--operator",
      required = true,
      paramLabel = "CLASS",
      description = "A class that implements io.vellamo.replay.ReplacementProvider")
  private String operator = "";

  @Option(
      names = "--classpath",
      paramLabel = "PATHS",
      description = "Where it is, with all it needs: directories, jars, DIR/* for all jars of one")
  private String classpath = "";

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "Is handed to CLASS; may be repeated")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--from-epoch",
      paramLabel = "N",
      description = "Where to begin. Default: the first epoch from which on the journal is whole")
  private long fromEpoch;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many groups that differ are shown. Default: ${DEFAULT-VALUE}")
  private int limit = 10;

  @Option(
      names = "--states",
      description =
          "Shows the first epoch in which rows or contents of a group differ. Default: its"
              + " first other row, whatever the epoch")
  private boolean states;

  @Mixin private JournalOptionsMixin options = new JournalOptionsMixin();

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (OperatorClasses classes = OperatorClasses.of(classpath)) {
      Replacement<?, ?, ?, ?> replacement = classes.provider(operator).replacement(settings);
      try (JournalAccess journal = JournalAccess.open(options, terminal, classes.loader())) {
        ReplayReport report =
            journal.ask(replay -> replay.replay(query, replacement, fromEpoch, limit));
        Printer.print(terminal, options.format(), report, () -> print(report));
        return report.isSame() ? 0 : 1;
      }
    }
  }

  private void print(ReplayReport report) {
    long groups = report.differentGroups() + report.sameGroups();
    terminal.print(
        report.isSame()
            ? "%s: the changed function makes the same".formatted(query)
            : "%s: %s of %s groups emit other rows, %s differ in rows or contents"
                .formatted(
                    query,
                    Printer.number(report.otherRowGroups()),
                    Printer.number(groups),
                    Printer.number(report.differentGroups())));
    terminal.print(
        "  epochs  %s to %s"
            .formatted(Printer.number(report.firstEpoch()), Printer.number(report.lastEpoch())));
    terminal.print("  events  %s".formatted(Printer.number(report.events())));
    terminal.print(
        "  rows    %s recorded, %s replayed"
            .formatted(
                Printer.number(report.recordedRows()), Printer.number(report.replayedRows())));
    if (report.failedGroups() > 0) {
      terminal.print(
          "  failed  %s groups, where the function threw"
              .formatted(Printer.number(report.failedGroups())));
    }
    if (states) {
      report.differences().forEach(this::print);
    } else {
      report.rowDifferences().forEach(this::print);
    }
  }

  private void print(RowDifference difference) {
    terminal.print(
        "epoch %s  %s"
            .formatted(Printer.number(difference.epoch()), Printer.key(difference.key())));
    terminal.print("  recorded  %s".formatted(Printer.orNone(difference.recorded())));
    terminal.print("  replayed  %s".formatted(Printer.orNone(difference.replayed())));
  }

  private void print(KeyDifference difference) {
    terminal.print(
        "epoch %s  %s"
            .formatted(Printer.number(difference.epoch()), Printer.key(difference.key())));
    print("recorded", difference.recorded());
    print("replayed", difference.replayed());
  }

  private void print(String side, GroupOutcome outcome) {
    if (outcome.failure() != null) {
      terminal.print("  %s  threw %s".formatted(side, outcome.failure()));
      return;
    }
    String rows = Printer.number(outcome.rows().size()) + " rows";
    terminal.print(
        outcome.variables().isEmpty()
            ? "  %s  state %s, timeout %s, %s"
                .formatted(
                    side,
                    Printer.orNone(outcome.state()),
                    Printer.moment(outcome.timeoutMillis()),
                    rows)
            : "  %s  %s".formatted(side, rows));
    outcome.variables().forEach(variable -> Printer.variable(terminal, "            ", variable));
    outcome.rows().forEach(row -> terminal.print("            row " + row));
  }
}

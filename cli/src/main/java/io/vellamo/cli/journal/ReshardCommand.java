package io.vellamo.cli.journal;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.ReshardReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that changes the number of shards of a query that does not run. */
@Command(
    name = "reshard",
    description =
        "Changes the number of shards of a query that does not run; verifies its journal before and"
            + " the new shards after",
    sortOptions = false)
final class ReshardCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "QUERY", description = "The query")
  private String query = "";

  @Option(
      names = "--shards",
      required = true,
      paramLabel = "N",
      description =
          "The new number of shards of each stateful operator, from 1 to 1024. The next start needs"
              + " the same number in vellamo.query.shards")
  private int shards;

  @Option(
      names = "--dry-run",
      description = "Verifies and reports what would be changed, and writes nothing")
  private boolean isDry;

  @Mixin private JournalOptionsMixin options = new JournalOptionsMixin();

  ReshardCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (JournalAccess journal = JournalAccess.open(options, terminal)) {
      ReshardReport report =
          journal.change(
              change -> isDry ? change.check(query, shards) : change.change(query, shards));
      Printer.print(terminal, options.format(), report, () -> print(report));
      return 0;
    }
  }

  private void print(ReshardReport report) {
    terminal.print("%s: %s".formatted(query, outcome(report)));
    terminal.print(
        "  groups           %s, %s of them parked, %s bytes"
            .formatted(
                Printer.number(report.groups()),
                Printer.number(report.parked()),
                Printer.number(report.bytes())));
    terminal.print(
        "  groups a shard   %s to %s"
            .formatted(Printer.number(report.leastGroups()), Printer.number(report.mostGroups())));
    terminal.print("  after epoch      %s".formatted(Printer.number(report.epoch())));
    if (report.removedJournals() > 0) {
      terminal.print(
          "  removed          %s journals of shards"
              .formatted(Printer.number(report.removedJournals())));
    }
    if (report.outcome() == ReshardReport.Outcome.CHANGED) {
      terminal.print("Start the query with vellamo.query.shards = %d".formatted(report.shards()));
    }
  }

  private static String outcome(ReshardReport report) {
    return switch (report.outcome()) {
      case POSSIBLE ->
          "%d shards can become %d; nothing was changed"
              .formatted(report.shardsBefore(), report.shards());
      case CHANGED ->
          "%d shards instead of %d, verified".formatted(report.shards(), report.shardsBefore());
      case UNCHANGED -> "%d shards already; nothing is to be changed".formatted(report.shards());
    };
  }
}

package io.vellamo.cli.journal;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.Finding;
import io.vellamo.replay.VerifyReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that checks that the recovery of a query is right. */
@Command(
    name = "verify",
    description =
        "Rebuilds a query from its journal and compares with every snapshot and with a recovery;"
            + " exit code 1 if something differs",
    sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "QUERY", description = "The query")
  private String query = "";

  @Mixin private JournalOptionsMixin options = new JournalOptionsMixin();

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (JournalAccess journal = JournalAccess.open(options, terminal)) {
      VerifyReport report = journal.ask(replay -> replay.verify(query));
      Printer.print(terminal, options.format(), report, () -> print(report));
      return report.isRight() ? 0 : 1;
    }
  }

  private void print(VerifyReport report) {
    terminal.print(
        report.isRight()
            ? "%s: recovery is right".formatted(query)
            : "%s: %s findings".formatted(query, Printer.number(report.findingCount())));
    terminal.print("  shards           %s".formatted(Printer.number(report.shards())));
    terminal.print(
        "  epochs           %s, over all shards".formatted(Printer.number(report.epochs())));
    terminal.print("  groups           %s".formatted(Printer.number(report.groups())));
    terminal.print(
        "  snapshots        %s groups compared with the epochs before"
            .formatted(Printer.number(report.snapshotGroups())));
    terminal.print(
        "  recoveries       %s shards compared with all epochs"
            .formatted(Printer.number(report.recoveredShards())));
    terminal.print(
        "  known            from %s on"
            .formatted(
                report.knownFromEpoch() == 0
                    ? "the beginning"
                    : "epoch " + report.knownFromEpoch()));
    if (!report.isRight()) {
      findings(report);
    }
  }

  private void findings(VerifyReport report) {
    Columns table = new Columns("SHARD", "EPOCH", "KIND", "GROUP", "FINDING");
    for (Finding finding : report.findings()) {
      table.row(
          finding.shard() < 0 ? "query" : Integer.toString(finding.shard()),
          Printer.number(finding.epoch()),
          finding.kind().toString(),
          finding.key() == null ? "" : Printer.key(finding.key()),
          finding.message());
    }
    table.printOn(terminal);
  }
}

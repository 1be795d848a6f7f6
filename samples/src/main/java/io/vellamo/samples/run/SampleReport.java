package io.vellamo.samples.run;

import io.vellamo.cli.terminal.Terminal;
import java.util.function.Consumer;

/** The table that ends a sample's run. */
public final class SampleReport {
  private SampleReport() {}

  /**
   * Prints the table.
   *
   * @param settings the user's settings
   * @param directory the data directory of the run
   * @param report the report of the run
   * @param results adds the sample's own figures
   */
  public static void print(
      Terminal terminal,
      SampleSettings settings,
      DataDirectory directory,
      RunReport report,
      Consumer<Table> results) {
    Table table = new Table();
    report.addEventsTo(table);
    results.accept(table);
    report.addSpeedTo(table);
    if (!directory.isTemporary()) {
      table.row("results", directory.out().toString());
      table.row("journal", directory.journal().toString());
    }
    terminal.print(
        report.isNothingNew()
            ? "%s: nothing was new, these are the results of earlier runs"
                .formatted(settings.sample())
            : "%s: %s events were new"
                .formatted(settings.sample(), Table.number(report.newEvents())));
    table.printOn(terminal);
    if (!settings.dashboard().isGiven()) {
      terminal.print(
          "To watch a run on a page: bin/sample %s --dashboard 7474".formatted(settings.sample()));
    }
  }
}

package io.vellamo.samples.activity;

import io.vellamo.cli.terminal.LiveBlock;
import io.vellamo.cli.terminal.Terminal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The view of the result while the query runs: a table that is redrawn after each epoch; without a
 * terminal, a line for each row that changes the result.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class ActivityView {
  private final TypeCounts counts;
  private final Terminal terminal;
  // Null without a terminal.
  private final @Nullable LiveBlock table;

  /**
   * Creates a view.
   *
   * @param counts the result of earlier runs; rows are added to it
   * @param terminal shows the view
   */
  ActivityView(TypeCounts counts, Terminal terminal) {
    this.counts = counts;
    this.terminal = terminal;
    this.table = terminal.isInteractive() ? terminal.liveBlock() : null;
  }

  /** Shows the rows of an epoch. */
  void show(List<TypeCount> rows) {
    List<TypeCount> changes = rows.stream().filter(counts::add).toList();
    if (table == null) {
      changes.forEach(row -> terminal.print(line(row)));
    } else if (!changes.isEmpty()) {
      table.show(ActivityTable.lines(counts));
    }
  }

  private static String line(TypeCount row) {
    return "%s  %s  %s  %d".formatted(row.start(), row.end(), row.type(), row.count());
  }
}

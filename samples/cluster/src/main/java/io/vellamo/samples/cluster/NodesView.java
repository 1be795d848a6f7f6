package io.vellamo.samples.cluster;

import io.vellamo.cli.terminal.LiveBlock;
import io.vellamo.cli.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The view of the nodes: a table that is redrawn each second; without a terminal, a line for each
 * node now and then.
 */
final class NodesView {
  private static final int LOOKS_OF_A_LINE = 5;

  private final Terminal terminal;
  // Null without a terminal.
  private final @Nullable LiveBlock table;
  private int looks;
  private String said = "";

  NodesView(Terminal terminal) {
    this.terminal = terminal;
    this.table = terminal.isInteractive() ? terminal.liveBlock() : null;
  }

  /** Says what happens; shown below the table. */
  void say(String what) {
    said = what;
    if (table == null) {
      terminal.print(what);
    }
  }

  /**
   * Shows the nodes.
   *
   * @param left the time in which there are further visits
   */
  void show(Duration left, List<NodeFigures> nodes) {
    List<String> lines = new ArrayList<>();
    lines.add(NodeFigures.heading());
    nodes.forEach(node -> lines.add(node.line()));
    if (table != null) {
      lines.add("  " + said);
      lines.add(
          "  %d s left; type a node's number and Enter to kill it"
              .formatted(Math.max(0, left.toSeconds())));
      table.show(lines);
    } else if (looks++ % LOOKS_OF_A_LINE == 0) {
      lines.forEach(terminal::print);
    }
  }
}

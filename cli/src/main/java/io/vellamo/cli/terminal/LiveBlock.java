package io.vellamo.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines at the bottom of a terminal that are redrawn in place; a progress bar may follow them.
 *
 * <p>Other output between two drawings would be overwritten.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class LiveBlock {
  private static final String ERASE_BELOW = "\r\u001b[J";

  private final PrintStream out;
  private final int columns;
  private final int rows;
  private int drawn;

  LiveBlock(PrintStream out, int columns, int rows) {
    this.out = out;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Draws lines in place of those drawn before.
   *
   * @param lines the lines, cut off where the terminal ends; the last of many says how many do not
   *     fit on the screen
   */
  public void show(List<String> lines) {
    List<String> fitting = fitting(lines);
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append(ERASE_BELOW);
    // A terminal may wrap a line that fills it.
    int longest = columns - 1;
    for (String line : fitting) {
      text.append(line, 0, Math.min(longest, line.length())).append(System.lineSeparator());
    }
    drawn = fitting.size();
    // At once, since a progress bar is drawn by another thread.
    out.print(text);
    out.flush();
  }

  /** Returns the lines that fit: the cursor is below them, and can't move above the screen. */
  private List<String> fitting(List<String> lines) {
    int most = Math.max(rows - 1, 1);
    if (lines.size() <= most) {
      return lines;
    }
    List<String> fitting = new ArrayList<>(lines.subList(0, most - 1));
    fitting.add("… and %d more lines; enlarge the window".formatted(lines.size() - most + 1));
    return fitting;
  }
}

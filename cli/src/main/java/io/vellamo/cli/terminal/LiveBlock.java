package io.vellamo.cli.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * Lines at the bottom of a terminal that are redrawn in place; a progress bar may follow them.
 *
 * <p>Other output between two drawings would be overwritten. The lines must fit on the screen.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class LiveBlock {
  private static final String ERASE_BELOW = "\r\u001b[J";

  private final PrintStream out;
  private final int columns;
  private int drawn;

  LiveBlock(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /**
   * Draws lines in place of those drawn before.
   *
   * @param lines the lines, cut off where the terminal ends
   */
  public void show(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append(ERASE_BELOW);
    // A terminal may wrap a line that fills it.
    int longest = columns - 1;
    for (String line : lines) {
      text.append(line, 0, Math.min(longest, line.length())).append(System.lineSeparator());
    }
    drawn = lines.size();
    // At once, since a progress bar is drawn by another thread.
    out.print(text);
    out.flush();
  }
}

package io.vellamo.cli.journal;

import io.vellamo.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table with a heading; the last column is truncated where the line would be too long. */
final class Columns {
  private static final int LINE = 100;
  private static final int GAP = 2;

  private final List<List<String>> rows = new ArrayList<>();

  Columns(String... heading) {
    row(heading);
  }

  Columns row(String... cells) {
    rows.add(Arrays.stream(cells).map(cell -> cell.replace('\n', ' ')).toList());
    return this;
  }

  void printOn(Terminal terminal) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      terminal.print(line(row, widths));
    }
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length - 1; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
    }
    String last = row.get(widths.length - 1);
    int room = Math.max(LINE - line.length(), 1);
    line.append(last.length() > room ? last.substring(0, room - 1) + "…" : last);
    return line.toString().stripTrailing();
  }
}

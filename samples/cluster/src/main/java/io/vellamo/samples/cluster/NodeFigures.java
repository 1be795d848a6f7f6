package io.vellamo.samples.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of the table of nodes.
 *
 * @param number the node's number
 * @param state its state
 * @param shards the shards that it holds, ascending: those of which it has written rows of late
 * @param newRows the rows that it has written since the last look
 * @param rows the rows that it has written since it started
 */
record NodeFigures(int number, String state, List<Integer> shards, long newRows, long rows) {
  private static final String FORMAT = "  %-4s  %-9s  %-22s  %8s  %8s";

  static String heading() {
    return String.format(Locale.ROOT, FORMAT, "node", "state", "shards", "rows/s", "rows");
  }

  String line() {
    return String.format(Locale.ROOT, FORMAT, number, state, ranges(), newRows, rows);
  }

  /** Returns the shards as {@code 0-3, 7}. */
  private String ranges() {
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i < shards.size(); ) {
      int last = i;
      while (last + 1 < shards.size() && shards.get(last + 1) == shards.get(last) + 1) {
        last++;
      }
      ranges.add(i == last ? "" + shards.get(i) : shards.get(i) + "-" + shards.get(last));
      i = last + 1;
    }
    return ranges.isEmpty() ? "-" : String.join(", ", ranges);
  }
}

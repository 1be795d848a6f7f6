package io.vellamo.samples.activity;

import static java.util.Comparator.comparing;

import io.vellamo.samples.run.Table;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The latest windows as a table: a line for each type, a column for each window. */
final class ActivityTable {
  private static final int WINDOWS = 5;
  private static final int TYPES = 14;

  private ActivityTable() {}

  /**
   * Returns the lines of the table, the busiest types first; of windows with more types than fit on
   * a small terminal, those with the smallest counts are left out.
   */
  static List<String> lines(TypeCounts counts) {
    List<Instant> starts = new ArrayList<>();
    counts.windows().descendingKeySet().stream()
        .limit(WINDOWS)
        .forEach(start -> starts.add(0, start));
    List<Map<String, TypeCount>> windows = starts.stream().map(counts.windows()::get).toList();
    List<String> lines = new ArrayList<>();
    lines.add(line("", starts.stream().map(ActivityTable::time).toList()));
    types(windows).forEach(type -> lines.add(line(type, cells(type, windows))));
    return lines;
  }

  private static List<String> types(Collection<Map<String, TypeCount>> windows) {
    return TypeCounts.byType(windows).entrySet().stream()
        .sorted(
            comparing(Map.Entry<String, Long>::getValue)
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(TYPES)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> cells(String type, List<Map<String, TypeCount>> windows) {
    return windows.stream()
        .map(
            rows ->
                Optional.ofNullable(rows.get(type))
                    .map(row -> Table.number(row.count()))
                    .orElse(""))
        .toList();
  }

  private static String time(Instant start) {
    return LocalTime.ofInstant(start, ZoneOffset.UTC).toString();
  }

  private static String line(String name, List<String> cells) {
    StringBuilder line = new StringBuilder("  %-30s".formatted(name));
    cells.forEach(cell -> line.append("%9s".formatted(cell)));
    return line.toString().stripTrailing();
  }
}

package io.vellamo.samples.activity;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.vellamo.samples.run.Ranking;
import io.vellamo.samples.run.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The latest row of each type and window, which is the result so far in every output mode.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class TypeCounts {
  private final NavigableMap<Instant, Map<String, TypeCount>> windows = new TreeMap<>();

  /** Returns the result after rows, in the order of their emission. */
  static TypeCounts of(List<TypeCount> rows) {
    TypeCounts counts = new TypeCounts();
    rows.forEach(counts::add);
    return counts;
  }

  /** Adds a row; returns whether it is new or differs from the row that it replaces. */
  boolean add(TypeCount row) {
    TypeCount before =
        windows.computeIfAbsent(row.start(), start -> new TreeMap<>()).put(row.type(), row);
    return !row.equals(before);
  }

  /** Returns the rows by start of the window and type. */
  NavigableMap<Instant, Map<String, TypeCount>> windows() {
    return windows;
  }

  /** Returns the sums of the counts of some windows, by type. */
  static Map<String, Long> byType(Collection<Map<String, TypeCount>> windows) {
    Map<String, Long> sums = new HashMap<>();
    windows.forEach(rows -> rows.forEach((type, row) -> sums.merge(type, row.count(), Long::sum)));
    return sums;
  }

  void addTo(Table table) {
    List<TypeCount> rows = windows.values().stream().flatMap(all -> all.values().stream()).toList();
    table
        .row("windows", windows.size())
        .row("types and windows", rows.size())
        .row("sum of counts", rows.stream().mapToLong(TypeCount::count).sum())
        .row("largest count", largest(rows))
        .row("busiest types", Ranking.top(byType(windows.values())));
  }

  private static String largest(List<TypeCount> rows) {
    return rows.stream()
        .max(
            comparingLong(TypeCount::count)
                .thenComparing(comparing(TypeCount::start).reversed())
                .thenComparing(comparing(TypeCount::type).reversed()))
        .map(row -> "%s from %s (%s)".formatted(row.type(), row.start(), Table.number(row.count())))
        .orElse("none");
  }
}

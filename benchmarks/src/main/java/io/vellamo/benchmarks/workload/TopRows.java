package io.vellamo.benchmarks.workload;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rows of a window with the greatest {@code c}.
 *
 * @param rows the rows, all with the same {@code c}; none if there are no rows yet
 */
public record TopRows(List<Row> rows) {
  /** No rows yet. */
  public static final TopRows NONE = new TopRows(List.of());

  /** Copies the rows. */
  public TopRows {
    rows = List.copyOf(rows);
  }

  /** Returns the top rows of these and one more. */
  public TopRows with(Row row) {
    if (rows.isEmpty() || row.c() > rows.get(0).c()) {
      return new TopRows(List.of(row));
    }
    return row.c() < rows.get(0).c()
        ? this
        : new TopRows(Stream.concat(rows.stream(), Stream.of(row)).toList());
  }

  /** Returns the rows with the start of their window as {@code e}. */
  public TopRows startingAt(long startMillis) {
    return new TopRows(
        rows.stream()
            .map(row -> new Row(row.a(), row.b(), row.c(), row.d(), startMillis))
            .toList());
  }

  /** Returns the top rows of these and others. */
  public TopRows and(TopRows others) {
    TopRows top = this;
    for (Row row : others.rows) {
      top = top.with(row);
    }
    return top;
  }
}

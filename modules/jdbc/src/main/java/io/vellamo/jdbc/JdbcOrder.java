package io.vellamo.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which {@link JdbcSource} reads the rows of a table that has no growing number.
 *
 * <p>The columns must not be null, must identify a row together, and need an index in their order.
 * They can be integers, decimals, times, texts and UUIDs; the database compares them. New rows must
 * come after those that are complete, see {@link JdbcSource}.
 *
 * <pre>{@code
 * JdbcOrder.byTime("created_at", "id")
 * JdbcOrder.by("uuid")
 * }</pre>
 *
 * @since 0.1
 */
public final class JdbcOrder {
  private final List<String> columns;
  private final boolean isByTime;

  private JdbcOrder(List<String> columns, boolean isByTime) {
    columns.forEach(SqlName::requireColumn);
    this.columns = List.copyOf(columns);
    this.isByTime = isByTime;
  }

  /**
   * Returns the order by the time at which a row was added. Rows whose time is after that of the
   * database's clock wait until it has come.
   *
   * @param time the column of the time, preferably {@code timestamptz}
   * @param ids the columns that tell rows of the same time apart
   * @return an order
   */
  public static JdbcOrder byTime(String time, String... ids) {
    List<String> columns = new ArrayList<>(List.of(ids));
    columns.add(0, time);
    return new JdbcOrder(columns, true);
  }

  /**
   * Returns the order by columns that grow, such as UUIDs of version 7, ULIDs, or a year and a
   * number.
   *
   * @param first the column that is compared first
   * @param others the columns that are compared if those before them are equal
   * @return an order
   */
  public static JdbcOrder by(String first, String... others) {
    List<String> columns = new ArrayList<>(List.of(others));
    columns.add(0, first);
    return new JdbcOrder(columns, false);
  }

  List<String> columns() {
    return columns;
  }

  boolean isByTime() {
    return isByTime;
  }

  @Override
  public String toString() {
    return String.join(", ", columns);
  }
}

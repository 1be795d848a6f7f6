package io.vellamo.jdbc;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A table whose key is a number. Its ends and offsets are keys. */
record KeyedTable(Dialect dialect, String name, String key, long firstKey) implements GrowingTable {
  @Override
  public SourcePartition partition() {
    return new SourcePartition(name);
  }

  @Override
  public String quotedName() {
    return dialect.quotedPath(name);
  }

  @Override
  public String endQuery() {
    return "SELECT COALESCE(MAX(%s) + 1, 0) FROM %s".formatted(dialect.quoted(key), quotedName());
  }

  @Override
  public long end(ResultSet found) throws SQLException {
    return found.getLong(1);
  }

  @Override
  public Offsets offsets(Connection connection, long end) {
    return Offsets.of(Map.of(partition(), end));
  }

  @Override
  public List<OffsetRange> plan(Connection connection, Offsets from, Offsets upTo, long maxEvents)
      throws SQLException {
    long start = from.of(partition()).orElse(firstKey);
    long limit = upTo.of(partition()).orElse(start);
    if (start >= limit) {
      return List.of();
    }
    long end = endOfRows(connection, start, limit, maxEvents);
    return end > start ? List.of(new OffsetRange(partition(), start, end)) : List.of();
  }

  /**
   * Returns the end of a range that has at most a number of rows.
   *
   * @return the key after the last of them; {@code until} if there are no more, {@code from} if
   *     there are none
   */
  private long endOfRows(Connection connection, long from, long until, long maxRows)
      throws SQLException {
    String column = dialect.quoted(key);
    String sql =
        "SELECT COUNT(*), MAX(k) FROM (SELECT %s AS k FROM %s WHERE %s >= ? AND %s < ? ORDER BY k LIMIT ?) AS rows_of_range"
            .formatted(column, quotedName(), column, column);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, from);
      statement.setLong(2, until);
      statement.setLong(3, maxRows);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        long rows = found.getLong(1);
        long last = found.getLong(2);
        if (rows == 0) {
          return from;
        }
        return rows < maxRows ? until : last + 1;
      }
    }
  }

  @Override
  public RangeRows rows(OffsetRange range) {
    return new RangeRows() {
      @Override
      public PreparedStatement select(Connection connection) throws SQLException {
        String column = dialect.quoted(key);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT * FROM %s WHERE %s >= ? AND %s < ? ORDER BY %s"
                    .formatted(quotedName(), column, column, column));
        statement.setLong(1, range.from());
        statement.setLong(2, range.until());
        return statement;
      }

      @Override
      public long offset(ResultSet row) throws SQLException {
        return row.getLong(key);
      }
    };
  }
}

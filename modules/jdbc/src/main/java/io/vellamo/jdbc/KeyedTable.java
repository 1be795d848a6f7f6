package io.vellamo.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A table whose rows are read in the order of a key. */
record KeyedTable(Dialect dialect, String name, String key) {
  String quotedName() {
    return dialect.quotedPath(name);
  }

  /** Returns the query of the first key after all rows, as a scalar. */
  String endQuery() {
    return "SELECT COALESCE(MAX(%s) + 1, 0) FROM %s".formatted(dialect.quoted(key), quotedName());
  }

  /** Returns the first key after all visible rows; 0 if there are none. */
  long end(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(endQuery());
        ResultSet found = statement.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  /**
   * Returns the end of a range that has at most a number of rows.
   *
   * @return the key after the last of them; {@code until} if there are no more, {@code from} if
   *     there are none
   */
  long endOfRows(Connection connection, long from, long until, long maxRows) throws SQLException {
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

  /** Prepares the query of the rows of a range, in the order of their keys. */
  PreparedStatement select(Connection connection, long from, long until) throws SQLException {
    String column = dialect.quoted(key);
    PreparedStatement statement =
        connection.prepareStatement(
            "SELECT * FROM %s WHERE %s >= ? AND %s < ? ORDER BY %s"
                .formatted(quotedName(), column, column, column));
    statement.setLong(1, from);
    statement.setLong(2, until);
    return statement;
  }
}

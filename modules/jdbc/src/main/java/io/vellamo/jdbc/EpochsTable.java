package io.vellamo.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table that holds, for each query, sink and shard range, who writes and the last epoch
 * written.
 */
record EpochsTable(String name, Dialect dialect) {
  private static final String WHERE = " WHERE query = ? AND sink = ? AND shard_range = ?";

  /** The key of a row. */
  record EpochKey(String query, String sink, String range) {}

  /** A row's values. */
  record EpochEntry(String queryId, long owner, long epoch) {}

  static String ddl(String name) {
    return """
    CREATE TABLE IF NOT EXISTS %s (
      query VARCHAR(100) NOT NULL,
      sink VARCHAR(200) NOT NULL,
      shard_range VARCHAR(50) NOT NULL,
      query_id VARCHAR(36) NOT NULL,
      owner BIGINT NOT NULL,
      epoch BIGINT NOT NULL,
      PRIMARY KEY (query, sink, shard_range)
    )\
    """
        .formatted(name);
  }

  boolean create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(ddl(table()));
    }
  }

  /**
   * Makes a run of the query the owner of a row, unless a later run is.
   *
   * @param owner increases with each run of the query
   * @return false if there is no such row of this query id, or its owner is a later run
   */
  boolean claim(Connection connection, EpochKey key, String queryId, long owner)
      throws SQLException {
    String sql =
        "UPDATE %s SET owner = ?".formatted(table()) + WHERE + " AND query_id = ? AND owner <= ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, owner, key.query, key.sink, key.range, queryId, owner);
      return statement.executeUpdate() == 1;
    }
  }

  void insert(Connection connection, EpochKey key, EpochEntry entry) throws SQLException {
    String sql =
        "INSERT INTO %s (query, sink, shard_range, query_id, owner, epoch) VALUES (?, ?, ?, ?, ?, ?)"
            .formatted(table());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, key.query, key.sink, key.range, entry.queryId, entry.owner, entry.epoch);
      statement.executeUpdate();
    }
  }

  /** Gives a row to another run of the query, whose epochs start over. */
  void startOver(Connection connection, EpochKey key, EpochEntry entry) throws SQLException {
    String sql = "UPDATE %s SET query_id = ?, owner = ?, epoch = ?".formatted(table()) + WHERE;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, entry.queryId, entry.owner, entry.epoch, key.query, key.sink, key.range);
      statement.executeUpdate();
    }
  }

  /** Returns a row; null if there is none. */
  @Nullable EpochEntry find(Connection connection, EpochKey key) throws SQLException {
    String sql = "SELECT query_id, owner, epoch FROM " + table() + WHERE;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, key.query, key.sink, key.range);
      try (ResultSet found = statement.executeQuery()) {
        return found.next()
            ? new EpochEntry(found.getString(1), found.getLong(2), found.getLong(3))
            : null;
      }
    }
  }

  /** Returns the ranges that have a row for a sink of a query. */
  List<String> ranges(Connection connection, String query, String sink) throws SQLException {
    String sql = "SELECT shard_range FROM %s WHERE query = ? AND sink = ?".formatted(table());
    List<String> ranges = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, query, sink);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          ranges.add(found.getString(1));
        }
      }
    }
    return ranges;
  }

  /**
   * Records an epoch and locks the row until the transaction ends.
   *
   * @param writer the id and owner that the row must have, and the epoch, which must be later than
   *     the row's
   * @return false if the row has not been changed
   */
  boolean advance(Connection connection, EpochKey key, EpochEntry writer) throws SQLException {
    String sql =
        "UPDATE %s SET epoch = ?".formatted(table())
            + WHERE
            + " AND query_id = ? AND owner = ? AND epoch < ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(
          statement,
          writer.epoch,
          key.query,
          key.sink,
          key.range,
          writer.queryId,
          writer.owner,
          writer.epoch);
      return statement.executeUpdate() == 1;
    }
  }

  private String table() {
    return dialect.quotedPath(name);
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}

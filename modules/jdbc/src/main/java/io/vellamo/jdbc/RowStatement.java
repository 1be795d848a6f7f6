package io.vellamo.jdbc;

import io.vellamo.api.sink.EpochRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The statement that writes a row.
 *
 * @param <U> the rows
 */
interface RowStatement<U> {
  /**
   * Returns the text of the statement.
   *
   * @throws IllegalArgumentException if the database has no such statement
   */
  String sql(Dialect dialect);

  /** Adds the rows of an epoch to batches, and executes them. */
  void write(PreparedStatement statement, EpochRows<? extends U> rows, int batchSize)
      throws SQLException;

  /** Writes the rows of an epoch in the transaction of a connection. */
  default void write(
      Connection connection, Dialect dialect, EpochRows<? extends U> rows, int batchSize)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(dialect))) {
      write(statement, rows, batchSize);
    }
  }
}

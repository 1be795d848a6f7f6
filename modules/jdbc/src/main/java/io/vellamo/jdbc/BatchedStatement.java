package io.vellamo.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A statement whose executions are sent in batches of a size. */
final class BatchedStatement {
  private final PreparedStatement statement;
  private final int size;
  private int pending;

  BatchedStatement(PreparedStatement statement, int size) {
    this.statement = statement;
    this.size = size;
  }

  /** Adds an execution with the parameters that have been set. */
  void add() throws SQLException {
    statement.addBatch();
    if (++pending == size) {
      flush();
    }
  }

  /** Executes what is pending. */
  void flush() throws SQLException {
    if (pending > 0) {
      statement.executeBatch();
      pending = 0;
    }
  }
}

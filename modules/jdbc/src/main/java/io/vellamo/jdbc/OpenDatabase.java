package io.vellamo.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** The connections of one open source or sink. */
record OpenDatabase(DataSource dataSource, Runnable closer) implements AutoCloseable {
  /** A row of the same key, or a table or type of the same name, also in PostgreSQL's catalogue. */
  private static final Set<String> CREATED_BY_ANOTHER = Set.of("23505", "42P07", "42710", "42S01");

  /** Work in a transaction. */
  @FunctionalInterface
  interface Work<R> {
    R run(Connection connection) throws Exception;
  }

  /** Takes a connection that commits only when it is told to. */
  Connection connect(SqlFailures failures) {
    try {
      Connection connection = dataSource.getConnection();
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw failures.ofConnecting(e);
    }
  }

  /**
   * Runs work in a transaction, which is rolled back if it throws.
   *
   * @param step the step, for the message of a failure, such as {@code writing epoch [7]}
   */
  <R> R inTransaction(SqlFailures failures, String step, Work<R> work) throws Exception {
    try {
      return commit(failures, work);
    } catch (SQLException e) {
      throw failures.of(step, e);
    }
  }

  /** As {@link #inTransaction}, for work that creates what another process may create just now. */
  <R> R inTransactionOfSeveral(SqlFailures failures, String step, Work<R> work) throws Exception {
    try {
      return commit(failures, work);
    } catch (SQLException e) {
      if (CREATED_BY_ANOTHER.contains(String.valueOf(e.getSQLState()))) {
        return inTransaction(failures, step, work);
      }
      throw failures.of(step, e);
    }
  }

  private <R> R commit(SqlFailures failures, Work<R> work) throws Exception {
    try (Connection connection = connect(failures)) {
      try {
        R result = work.run(connection);
        connection.commit();
        return result;
      } catch (Throwable e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // Only its kind: its message may quote the statement.
      cause.addSuppressed(new SQLException("rollback failed", e.getSQLState()));
    }
  }

  @Override
  public void close() {
    closer.run();
  }
}

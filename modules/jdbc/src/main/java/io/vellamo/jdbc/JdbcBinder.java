package io.vellamo.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A function that sets the parameters of a statement from a row.
 *
 * <p><b>Threading</b> May be called by the threads of several queries at once.
 *
 * @param <U> the rows
 * @since 0.1
 */
@FunctionalInterface
public interface JdbcBinder<U> {
  /**
   * Sets the parameters. The sink adds the statement to its batch afterwards.
   *
   * @param statement the statement
   * @param row the row
   * @throws SQLException if a parameter can't be set
   */
  void bind(PreparedStatement statement, U row) throws SQLException;
}

package io.vellamo.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A function that makes an event of a row of a table.
 *
 * <p><b>Threading</b> May be called by the threads of several queries at once.
 *
 * @param <T> the events
 * @since 0.1
 */
@FunctionalInterface
public interface JdbcMapper<T> {
  /**
   * Returns the event of a row.
   *
   * <p><b>Failure</b> A {@link RuntimeException}, and an {@link SQLException} of class 22, such as
   * a number out of range, make the row a dead letter. Any other {@code SQLException} fails the
   * query.
   *
   * @param row a result set at the row; must not be moved or closed
   * @return the event
   * @throws SQLException if a column can't be read
   */
  T map(ResultSet row) throws SQLException;
}

package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;

/**
 * A function that sets the parameters of a statement from a row.
 *
 * <p><b>Threading</b> May be called by the threads of several queries at once.
 *
 * @param <U> the rows
 * @since 0.1
 */
@FunctionalInterface
public interface CassandraBinder<U> {
  /**
   * Sets the parameters.
   *
   * @param statement the statement
   * @param row the row
   * @return the statement with its parameters
   */
  BoundStatementBuilder bind(BoundStatementBuilder statement, U row);
}

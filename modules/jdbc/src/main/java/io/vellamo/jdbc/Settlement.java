package io.vellamo.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The rule that says which rows of a growing table are complete. A transaction that commits late
 * makes rows visible whose keys are lower than those of rows that have been read, and they would
 * never be read.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
interface Settlement {
  /**
   * Looks at the table.
   *
   * @return the end before which all rows are complete; 0 before there are such rows
   */
  long bound(Connection connection) throws SQLException;

  /** Returns whether rows have been seen that are not before the bound yet. */
  boolean isPending();
}

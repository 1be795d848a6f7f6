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
   * @return the least key that may still appear; 0 before the first rows are complete
   */
  long bound(Connection connection) throws SQLException;

  /** Returns whether rows have been seen that are not below the bound yet. */
  boolean isPending();
}

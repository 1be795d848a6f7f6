package io.vellamo.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * Rows of PostgreSQL are complete once every transaction has ended that was writing to the table
 * when they were first seen.
 *
 * <p>An INSERT locks the table (mode {@code ROW EXCLUSIVE}) before it takes a key from the
 * sequence, and keeps the lock until after its commit is visible. So each transaction that may
 * still commit a key below a visible one is in {@code pg_locks}. {@code pg_snapshot_xmin} would not
 * do: a transaction has no id until it writes its first row, which is after it has taken the key.
 * It would also wait for transactions that never touch the table.
 */
final class WriterLocks implements Settlement {
  /**
   * The end of the table, and who writes to it. A statement takes its snapshot before it reads the
   * locks: a transaction that ends in between is missing in both, and its rows are visible to the
   * reads that follow.
   */
  private static final String LOOK =
      """
      SELECT (%s), virtualtransaction
      FROM (SELECT 1) AS one
      LEFT JOIN pg_locks ON locktype = 'relation' AND relation = CAST(? AS regclass)
        AND mode = 'RowExclusiveLock' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """;

  private final GrowingTable table;
  // The end whose rows wait for the writers to end; the bound if none wait.
  private long pendingEnd;
  private Set<String> writers = Set.of();
  private long bound;

  WriterLocks(GrowingTable table) {
    this.table = table;
  }

  @Override
  public long bound(Connection connection) throws SQLException {
    long end = 0;
    Set<String> current = new HashSet<>();
    try (PreparedStatement look = connection.prepareStatement(LOOK.formatted(table.endQuery()))) {
      look.setString(1, table.quotedName());
      try (ResultSet found = look.executeQuery()) {
        while (found.next()) {
          end = table.end(found);
          if (found.getString(2) != null) {
            current.add(found.getString(2));
          }
        }
      }
    }
    settle(end, current);
    return bound;
  }

  private void settle(long end, Set<String> current) {
    if (current.stream().noneMatch(writers::contains)) {
      bound = Math.max(bound, pendingEnd);
      pendingEnd = Math.max(bound, end);
      writers = current;
    }
    if (writers.isEmpty()) {
      bound = pendingEnd;
    }
  }

  @Override
  public boolean isPending() {
    return pendingEnd > bound;
  }
}

package io.vellamo.jdbc;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A table that grows in the order of a key, and the offsets of its rows.
 *
 * <p>An <em>end</em> is a number for the last key at some time; later ends are greater unless no
 * row was added.
 *
 * <p><b>Threading</b> Used by one thread at a time, except {@link #rows}.
 */
interface GrowingTable {
  SourcePartition partition();

  /** Returns the name as the database's statements contain it. */
  String quotedName();

  /** Returns the query of the end of all visible rows, a scalar for {@link #end(ResultSet)}. */
  String endQuery();

  /** Returns the end in the first column of a result; 0 if there are no rows. */
  long end(ResultSet found) throws SQLException;

  /** Returns the end of all visible rows. */
  default long end(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT (" + endQuery() + ")");
        ResultSet found = statement.executeQuery()) {
      found.next();
      return end(found);
    }
  }

  /** Returns the offset of an end, before which all rows are complete. */
  Offsets offsets(Connection connection, long end) throws SQLException;

  /** Plans the next range; an empty list if there are no rows. */
  List<OffsetRange> plan(Connection connection, Offsets from, Offsets upTo, long maxEvents)
      throws SQLException;

  /** Returns the rows of a planned range. */
  RangeRows rows(OffsetRange range);

  /** The rows of a range, in the order of their offsets. */
  interface RangeRows {
    PreparedStatement select(Connection connection) throws SQLException;

    /** Returns the offset of the row that a result is at; called once for each, in order. */
    long offset(ResultSet row) throws SQLException;
  }
}

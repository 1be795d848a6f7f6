package io.vellamo.jdbc;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.RangeReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A reader of the rows of a range. */
final class JdbcRangeReader<T> implements RangeReader<T> {
  private static final int FETCH_SIZE = 1_000;
  private static final String DATA_EXCEPTION = "22";

  private final Connection connection;
  private final GrowingTable.RangeRows planned;
  private final JdbcMapper<T> mapper;
  private final SqlFailures failures;
  private final OffsetRange range;
  // Null until the first read.
  private @Nullable ResultSet rows;

  JdbcRangeReader(
      Connection connection,
      GrowingTable.RangeRows planned,
      JdbcMapper<T> mapper,
      SqlFailures failures,
      OffsetRange range) {
    this.connection = connection;
    this.planned = planned;
    this.mapper = mapper;
    this.failures = failures;
    this.range = range;
  }

  @Override
  public boolean read(EventCollector<? super T> into, int maxEntries) {
    try {
      ResultSet open = rows == null ? select() : rows;
      for (int i = 0; i < maxEntries; i++) {
        if (!open.next()) {
          return false;
        }
        add(open, into);
      }
      return true;
    } catch (SQLException e) {
      throw failures.of("range [%d, %d)".formatted(range.from(), range.until()), e);
    }
  }

  private ResultSet select() throws SQLException {
    PreparedStatement prepared = planned.select(connection);
    // Without a fetch size, PostgreSQL's driver reads the whole range into memory.
    prepared.setFetchSize(FETCH_SIZE);
    rows = prepared.executeQuery();
    return rows;
  }

  private void add(ResultSet row, EventCollector<? super T> into) throws SQLException {
    long offset = planned.offset(row);
    T event;
    try {
      event = mapper.map(row);
    } catch (SQLException e) {
      if (!String.valueOf(e.getSQLState()).startsWith(DATA_EXCEPTION)) {
        throw e;
      }
      into.deadLetter(
          offset,
          "row must have the columns' types, SQLState [%s]".formatted(e.getSQLState()),
          null);
      return;
    } catch (RowFaultException e) {
      into.deadLetter(offset, String.valueOf(e.getMessage()), null);
      return;
    } catch (RuntimeException e) {
      into.deadLetter(
          offset,
          "row must be an event, mapping it threw [%s]".formatted(e.getClass().getName()),
          null);
      return;
    }
    into.event(event, offset);
  }

  @Override
  public void close() {
    try (connection) {
      if (rows != null) {
        rows.getStatement().close();
      }
      connection.rollback();
    } catch (SQLException e) {
      throw failures.of("closing range [%d, %d)".formatted(range.from(), range.until()), e);
    }
  }
}

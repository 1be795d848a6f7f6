package io.vellamo.jdbc;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.WriteMeter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A writer of the rows of a shard range, each epoch in one transaction, after which its rows are
 * visible.
 */
final class JdbcSinkWriter<U> implements ShardWriter<U> {
  private final OpenDatabase database;
  private final Dialect dialect;
  private final RowStatement<U> statement;
  private final EpochGuard guard;
  private final SqlFailures failures;
  private final int batchSize;
  private final @Nullable String delete;
  private long written;
  private final WriteMeter meter = new WriteMeter();

  /**
   * Creates a writer.
   *
   * @param delete removes the preceding result; null if an epoch adds to the table
   */
  JdbcSinkWriter(
      OpenDatabase database,
      Dialect dialect,
      RowStatement<U> statement,
      EpochGuard guard,
      SqlFailures failures,
      int batchSize,
      @Nullable String delete) {
    this.database = database;
    this.dialect = dialect;
    this.statement = statement;
    this.guard = guard;
    this.failures = failures;
    this.batchSize = batchSize;
    this.delete = delete;
    this.written = guard.epoch();
  }

  @Override
  public void write(EpochRows<? extends U> rows) throws Exception {
    if (rows.size() > 0 || delete != null) {
      transact(rows);
    }
    written = Math.max(written, rows.epoch());
  }

  private void transact(EpochRows<? extends U> rows) throws Exception {
    long begun = System.nanoTime();
    database.inTransaction(
        failures,
        "epoch [%d]".formatted(rows.epoch()),
        connection -> {
          boolean isNew = guard.advance(connection, rows.epoch());
          if (isNew) {
            writeOnce(connection, rows);
          }
          return isNew;
        });
    meter.wrote(rows.size(), 0, Duration.ofNanos(System.nanoTime() - begun));
  }

  private void writeOnce(Connection connection, EpochRows<? extends U> rows) throws SQLException {
    if (delete != null) {
      try (Statement removing = connection.createStatement()) {
        removing.executeUpdate(delete);
      }
    }
    statement.write(connection, dialect, rows, batchSize);
  }

  @Override
  public boolean holds(long epoch) {
    return epoch <= written;
  }

  // The transaction of the rows has made them visible.
  @Override
  public void commit(long epoch) {}

  @Override
  public Map<String, Long> metrics() {
    return meter.metrics();
  }

  @Override
  public void close() {
    database.close();
  }
}

package io.vellamo.jdbc;

import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.jdbc.EpochsTable.EpochEntry;
import io.vellamo.jdbc.EpochsTable.EpochKey;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The right of one writer to write epochs of a shard range, each once. */
final class EpochGuard {
  private final String sink;
  private final EpochsTable table;
  private final EpochKey key;
  private final String queryId;
  private final long owner;

  private EpochGuard(String sink, EpochsTable table, EpochKey key, String queryId, long owner) {
    this.sink = sink;
    this.table = table;
    this.key = key;
    this.queryId = queryId;
    this.owner = owner;
  }

  /**
   * Makes the caller the owner, so that earlier writers are refused from now on.
   *
   * @param acceptsNewRuns whether the epochs of another run of the same name are forgotten
   */
  static EpochGuard claim(
      Connection connection,
      EpochsTable table,
      EpochKey key,
      SinkContext context,
      String sink,
      boolean acceptsNewRuns)
      throws SQLException {
    String queryId = context.queryId().toString();
    if (!table.claim(connection, key)) {
      table.insert(connection, key, new EpochEntry(queryId, 1, context.committedEpoch()));
    }
    EpochEntry entry = found(table.find(connection, key), table, key, sink);
    if (!entry.queryId().equals(queryId)) {
      if (!acceptsNewRuns) {
        throw otherRun(table, entry, context, sink);
      }
      table.startOver(connection, key, queryId, context.committedEpoch());
    } else if (entry.epoch() > context.committedEpoch() + 1) {
      throw new SinkException(
          sink,
          "Sink [%s] must not be ahead of the journal of query [%s], has epoch [%d] where the journal ends at [%d]; restore the journal"
              .formatted(sink, key.query(), entry.epoch(), context.committedEpoch()),
          null);
    }
    return new EpochGuard(sink, table, key, queryId, entry.owner());
  }

  /**
   * Records an epoch in the transaction of its rows.
   *
   * @return false if the epoch has been written before
   * @throws JdbcFencedException if another writer is the owner now
   */
  boolean advance(Connection connection, long epoch) throws SQLException {
    if (table.advance(connection, key, new EpochEntry(queryId, owner, epoch))) {
      return true;
    }
    EpochEntry entry = found(table.find(connection, key), table, key, sink);
    if (entry.owner() != owner || !entry.queryId().equals(queryId)) {
      throw new JdbcFencedException(
          sink,
          epoch,
          "Sink [%s] must be written by one process at a time, owner [%d] has been replaced by [%d] before epoch [%d]; let the other process go on"
              .formatted(sink, owner, entry.owner(), epoch));
    }
    return false;
  }

  private static EpochEntry found(
      @Nullable EpochEntry entry, EpochsTable table, EpochKey key, String sink) {
    if (entry == null) {
      throw new SinkException(
          sink,
          "Table [%s] must keep the row of query [%s] and sink [%s], it has been deleted; restart the query"
              .formatted(table.name(), key.query(), key.sink()),
          null);
    }
    return entry;
  }

  private static SinkException otherRun(
      EpochsTable table, EpochEntry entry, SinkContext context, String sink) {
    return new SinkException(
        sink,
        "Table [%s] must not hold epochs of another run of query [%s], has epoch [%d] of [%s], while this run is [%s]; delete that row and the rows of that run, or use acceptNewRuns()"
            .formatted(
                table.name(),
                context.queryName(),
                entry.epoch(),
                entry.queryId(),
                context.queryId()),
        null);
  }
}

package io.vellamo.jdbc;

import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.jdbc.EpochsTable.EpochEntry;
import io.vellamo.jdbc.EpochsTable.EpochKey;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The right of one run to write epochs of a shard range, each once. */
final class EpochGuard {
  private final String sink;
  private final EpochsTable table;
  private final EpochKey key;
  private final EpochEntry entry;

  private EpochGuard(String sink, EpochsTable table, EpochKey key, EpochEntry entry) {
    this.sink = sink;
    this.table = table;
    this.key = key;
    this.entry = entry;
  }

  /** The run that claims a range, and the sink for which it does. */
  record Claim(EpochsTable table, SinkContext context, String sink, boolean acceptsNewRuns) {}

  /**
   * Makes a run the owner of a range, so that earlier runs are refused from now on.
   *
   * @param target the name of the table that the sink writes to
   */
  static EpochGuard of(Connection connection, Claim claim, String target, ShardRange range)
      throws SQLException {
    SinkContext context = claim.context;
    EpochsTable table = claim.table;
    EpochKey key = new EpochKey(context.queryName(), target, range.toString());
    claim(connection, claim, key);
    // A query has written with one writer before it wrote in ranges, or the other way round.
    for (String other : table.ranges(connection, key.query(), key.sink())) {
      if (range.equals(ShardRange.ALL) != other.equals(ShardRange.ALL.toString())) {
        replace(connection, claim, key, new EpochKey(key.query(), key.sink(), other));
      }
    }
    return new EpochGuard(claim.sink, table, key, found(table.find(connection, key), claim, key));
  }

  private static void claim(Connection connection, Claim claim, EpochKey key) throws SQLException {
    SinkContext context = claim.context;
    String queryId = context.queryId().toString();
    EpochsTable table = claim.table;
    EpochEntry first = new EpochEntry(queryId, context.owner(), context.committedEpoch());
    if (!table.claim(connection, key, queryId, context.owner())) {
      EpochEntry other = table.find(connection, key);
      if (other == null) {
        table.insert(connection, key, first);
      } else if (other.queryId().equals(queryId)) {
        // The row may have appeared only now.
        if (!table.claim(connection, key, queryId, context.owner())) {
          throw replaced(claim.sink, context.owner(), other.owner(), context.committedEpoch() + 1);
        }
      } else if (claim.acceptsNewRuns) {
        table.startOver(connection, key, first);
      } else {
        throw otherRun(claim, other);
      }
    }
    EpochEntry entry = found(table.find(connection, key), claim, key);
    if (entry.epoch() > context.committedEpoch() + 1) {
      throw new SinkException(
          claim.sink,
          "Sink [%s] must not be ahead of the journal of query [%s], has epoch [%d] where the journal ends at [%d]; restore the journal"
              .formatted(claim.sink, key.query(), entry.epoch(), context.committedEpoch()),
          null);
    }
  }

  /** Locks out the writer of an overlapping range, and goes on after the epoch that it has. */
  private static void replace(Connection connection, Claim claim, EpochKey key, EpochKey other)
      throws SQLException {
    SinkContext context = claim.context;
    String queryId = context.queryId().toString();
    EpochsTable table = claim.table;
    EpochEntry entry = found(table.find(connection, other), claim, other);
    if (!entry.queryId().equals(queryId)) {
      return;
    }
    claim(connection, claim, other);
    boolean isOfAll = other.range().equals(ShardRange.ALL.toString());
    if (isOfAll) {
      table.advance(connection, key, new EpochEntry(queryId, context.owner(), entry.epoch()));
    } else if (entry.epoch() > context.committedEpoch()) {
      throw new SinkException(
          claim.sink,
          "Sink [%s] must be written in ranges of shards until epoch [%d] is complete, as range [%s] has it already; start the query once as it was before"
              .formatted(claim.sink, entry.epoch(), other.range()),
          null);
    }
  }

  /** Returns the last epoch that was written when the range was claimed. */
  long epoch() {
    return entry.epoch();
  }

  /**
   * Records an epoch in the transaction of its rows.
   *
   * @return false if the epoch has been written before
   * @throws JdbcFencedException if another run is the owner now
   */
  boolean advance(Connection connection, long epoch) throws SQLException {
    if (table.advance(connection, key, new EpochEntry(entry.queryId(), entry.owner(), epoch))) {
      return true;
    }
    EpochEntry current = table.find(connection, key);
    if (current == null) {
      throw deleted(sink, table, key);
    }
    if (current.owner() != entry.owner() || !current.queryId().equals(entry.queryId())) {
      throw replaced(sink, entry.owner(), current.owner(), epoch);
    }
    return false;
  }

  private static EpochEntry found(@Nullable EpochEntry entry, Claim claim, EpochKey key) {
    if (entry == null) {
      throw deleted(claim.sink, claim.table, key);
    }
    return entry;
  }

  private static SinkException deleted(String sink, EpochsTable table, EpochKey key) {
    return new SinkException(
        sink,
        "Table [%s] must keep the row of query [%s] and sink [%s], it has been deleted; restart the query"
            .formatted(table.name(), key.query(), key.sink()),
        null);
  }

  private static JdbcFencedException replaced(String sink, long owner, long by, long epoch) {
    return new JdbcFencedException(
        sink,
        epoch,
        "Sink [%s] must be written by one process at a time, owner [%d] has been replaced by [%d] before epoch [%d]; let the other process go on"
            .formatted(sink, owner, by, epoch));
  }

  private static SinkException otherRun(Claim claim, EpochEntry entry) {
    return new SinkException(
        claim.sink,
        "Table [%s] must not hold epochs of another run of query [%s], has epoch [%d] of [%s], while this run is [%s]; delete that row and the rows of that run, or use acceptNewRuns()"
            .formatted(
                claim.table.name(),
                claim.context.queryName(),
                entry.epoch(),
                entry.queryId(),
                claim.context.queryId()),
        null);
  }
}

package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.vellamo.api.sink.SinkContext;
import java.util.UUID;

/**
 * The write times of a query's epochs, which decide in Cassandra which of two values of a column is
 * the newer one. They grow with the epochs alone, so that an epoch that is written again, also by a
 * process that was believed to be dead, never replaces the rows of a later one, whatever the clocks
 * of the processes say.
 *
 * <p>They begin at the server's time at which the query started first, which is stored.
 */
record WriteTimes(long firstMicros) {
  /**
   * The write times of an epoch, so that they advance at about the speed of time: rows that others
   * write or delete are then replaced by those of later epochs, unless epochs are longer.
   */
  private static final long MICROS_PER_EPOCH = 1_000;

  static String createTable(String keyspace) {
    return """
    CREATE TABLE IF NOT EXISTS %s (
      query text,
      sink text,
      query_id uuid,
      first_micros bigint,
      PRIMARY KEY (query, sink)
    )\
    """
        .formatted(table(keyspace));
  }

  private static String table(String keyspace) {
    return CqlName.quoted(keyspace) + ".vellamo_queries";
  }

  /** Returns the write times of a query, which its first run has stored. */
  static WriteTimes claim(CqlSession session, String table, SinkContext context) {
    String queries = table(CqlName.keyspace(table));
    SimpleStatement find =
        SimpleStatement.newInstance(
                "SELECT query_id, first_micros FROM " + queries + " WHERE query = ? AND sink = ?",
                context.queryName(),
                table)
            .setConsistencyLevel(ConsistencyLevel.SERIAL);
    while (true) {
      Row row = session.execute(find).one();
      if (row != null && context.queryId().equals(row.getUuid("query_id"))) {
        return new WriteTimes(row.getLong("first_micros"));
      }
      long now = serverMicros(session);
      boolean isStored =
          row == null
              ? insert(session, queries, table, context, now)
              : replace(
                  session,
                  queries,
                  table,
                  context,
                  row,
                  Math.max(now, row.getLong("first_micros") + 1));
      if (isStored && row == null) {
        return new WriteTimes(now);
      }
      // Stored by this process or another: the row says which.
    }
  }

  private static boolean insert(
      CqlSession session, String queries, String table, SinkContext context, long micros) {
    ResultSet result =
        session.execute(
            SimpleStatement.newInstance(
                "INSERT INTO "
                    + queries
                    + " (query, sink, query_id, first_micros) VALUES (?, ?, ?, ?) IF NOT EXISTS",
                context.queryName(),
                table,
                context.queryId(),
                micros));
    return result.wasApplied();
  }

  /** Stores another run of the query, whose epochs start over, at later times. */
  private static boolean replace(
      CqlSession session,
      String queries,
      String table,
      SinkContext context,
      Row former,
      long micros) {
    UUID formerId = former.getUuid("query_id");
    ResultSet result =
        session.execute(
            SimpleStatement.newInstance(
                "UPDATE "
                    + queries
                    + " SET query_id = ?, first_micros = ? WHERE query = ? AND sink = ? IF query_id"
                    + " = ?",
                context.queryId(),
                micros,
                context.queryName(),
                table,
                formerId));
    return result.wasApplied();
  }

  private static long serverMicros(CqlSession session) {
    Row row = session.execute("SELECT toUnixTimestamp(now()) AS millis FROM system.local").one();
    if (row == null) {
      throw new IllegalStateException("system.local must have a row");
    }
    return row.getLong("millis") * 1_000;
  }

  /** Returns the write time of the rows of an epoch. */
  long of(long epoch) {
    return firstMicros + epoch * MICROS_PER_EPOCH;
  }
}

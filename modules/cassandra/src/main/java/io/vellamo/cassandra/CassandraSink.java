package io.vellamo.cassandra;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A sink that upserts rows by their primary key into a table of Cassandra or ScyllaDB.
 *
 * <pre>{@code
 * CassandraCluster cluster = CassandraCluster.of(session);
 * CassandraSink<Session> sessions =
 *     CassandraSink.upsert(
 *         cluster, "shop.sessions", RecordColumns.of(Session.class), CassandraKey.of("user_name"));
 * }</pre>
 *
 * <p>Writing an epoch again leaves the same rows. The write time of a row, by which Cassandra
 * decides which value is the newer one, depends on the epoch alone: an epoch that is written again,
 * also by another process, never replaces rows of a later epoch. If an epoch has several rows of
 * one key, only the last is written. Write times begin with the server's time at the first start of
 * the query, which is stored in the table {@code vellamo_queries} of the same keyspace, and advance
 * by a millisecond with each epoch. So they can be older than the clock: if another program changes
 * or deletes rows, its changes may win over the query's later ones.
 *
 * <p>The rows of an epoch become visible one by one. {@link OutputMode#COMPLETE} is refused, since
 * a table can't be replaced at once.
 *
 * <p><b>Threading</b> Safe to share. A bounded number of requests of a query is in flight.
 *
 * <p><b>Failure</b> The driver retries requests by its retry policy, to which all requests are
 * idempotent. What it gives up because nodes are down, overloaded or too slow fails the epoch with
 * {@link io.vellamo.api.RetryableException}, any other failure with {@link SinkException}.
 *
 * @param <U> the rows
 * @since 0.1
 */
public final class CassandraSink<U> implements RowSink<U> {
  private static final int MAX_IN_FLIGHT = 256;

  private final CassandraCluster cluster;
  private final String table;
  private final RowStatements<U> statements;
  private final int maxInFlight;
  private final boolean createsTables;

  private CassandraSink(
      CassandraCluster cluster,
      String table,
      RowStatements<U> statements,
      int maxInFlight,
      boolean createsTables) {
    this.cluster = requireNonNull(cluster, "cluster");
    this.table = CqlName.requireTable(table);
    this.statements = statements;
    this.maxInFlight = maxInFlight;
    this.createsTables = createsTables;
  }

  /**
   * Returns a sink that upserts each row.
   *
   * @param cluster the cluster
   * @param table the keyspace and table, such as {@code shop.sessions}
   * @param columns the columns of a row; a value that is null or empty deletes the column's value
   * @param key the table's primary key
   * @param <R> the rows
   * @return a sink
   * @throws IllegalArgumentException if a component has no CQL type, or a key column is no column
   */
  public static <R extends Record> CassandraSink<R> upsert(
      CassandraCluster cluster, String table, RecordColumns<R> columns, CassandraKey key) {
    return upsertOrDelete(cluster, table, columns, key, row -> false);
  }

  /**
   * Returns a sink that upserts some rows and deletes those of the others' keys, such as the rows
   * of groups that have been removed; see {@link io.vellamo.api.group.StateRows}.
   *
   * @param cluster the cluster
   * @param table the keyspace and table, such as {@code shop.sessions}
   * @param columns the columns of a row; a value that is null or empty deletes the column's value
   * @param key the table's primary key
   * @param isDeletion returns whether a row deletes the row of its key
   * @param <R> the rows
   * @return a sink
   * @throws IllegalArgumentException if a component has no CQL type, or a key column is no column
   */
  public static <R extends Record> CassandraSink<R> upsertOrDelete(
      CassandraCluster cluster,
      String table,
      RecordColumns<R> columns,
      CassandraKey key,
      Predicate<? super R> isDeletion) {
    RowStatements<R> statements =
        new MappedRows<>(
            CqlName.requireTable(table), columns, key, requireNonNull(isDeletion, "isDeletion"));
    return new CassandraSink<>(cluster, table, statements, MAX_IN_FLIGHT, false);
  }

  /**
   * Returns a sink that executes a statement for each row. Executing it twice must have the same
   * effect as executing it once; it must not set a timestamp.
   *
   * @param cluster the cluster
   * @param table the keyspace and table that the statement writes to
   * @param cql the statement, with {@code ?} for each parameter
   * @param key returns the primary key that a row is written to, with a suitable {@code equals}: of
   *     the rows of one key in an epoch, only the last is written
   * @param binder sets the parameters from a row
   * @param <U> the rows
   * @return a sink
   */
  public static <U> CassandraSink<U> statement(
      CassandraCluster cluster,
      String table,
      String cql,
      Function<? super U, ?> key,
      CassandraBinder<? super U> binder) {
    RowStatements<U> statements =
        new UserStatements<U>(
            requireNonNull(cql, "cql"),
            requireNonNull(key, "key"),
            requireNonNull(binder, "binder"));
    return new CassandraSink<>(cluster, table, statements, MAX_IN_FLIGHT, false);
  }

  /**
   * Sets the maximum number of requests that wait for their answer. Defaults to 256.
   *
   * @param requests positive
   * @return a sink with this setting
   * @throws IllegalArgumentException if {@code requests} is not positive
   */
  public CassandraSink<U> withMaxInFlight(int requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("requests must be positive, was [%d]".formatted(requests));
    }
    return new CassandraSink<>(cluster, table, statements, requests, createsTables);
  }

  /**
   * Lets the sink execute {@link #tablesCql} when it opens. By default the tables must exist.
   *
   * @return a sink with this setting
   */
  public CassandraSink<U> createTables() {
    return new CassandraSink<>(cluster, table, statements, maxInFlight, true);
  }

  /**
   * Returns the statements that create the tables if they are missing: that of the rows, unless the
   * sink was given a statement, and {@code vellamo_queries} in the same keyspace.
   *
   * @return {@code CREATE TABLE} statements, without semicolons
   */
  public List<String> tablesCql() {
    String queries = WriteTimes.createTable(CqlName.keyspace(table));
    return statements instanceof MappedRows<?> mapped
        ? List.of(mapped.createTable(), queries)
        : List.of(queries);
  }

  @Override
  public String description() {
    return "Cassandra[%s of %s]".formatted(table, cluster);
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.IDEMPOTENT;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.shared();
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    if (context.mode() == OutputMode.COMPLETE) {
      throw new SinkException(
          description(),
          "Mode must be APPEND or UPDATE for sink [%s], was [COMPLETE]: Cassandra can't replace a table at once; use UPDATE"
              .formatted(description()),
          null);
    }
    CqlFailures failures = new CqlFailures(description());
    CqlSession session;
    try {
      session = cluster.acquire();
    } catch (DriverException e) {
      throw failures.of("opening", e);
    }
    try {
      if (createsTables) {
        tablesCql().forEach(session::execute);
      }
      return new CassandraWriter<>(
          cluster,
          session,
          statements.prepare(session),
          WriteTimes.claim(session, table, context),
          failures,
          maxInFlight);
    } catch (DriverException e) {
      cluster.release();
      throw failures.of("opening", e);
    } catch (RuntimeException | Error e) {
      cluster.release();
      throw e;
    }
  }
}

package io.vellamo.jdbc;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkGuarantee;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink that writes the rows of an epoch and the epoch's number in one transaction, so that every
 * row is written exactly once; in ranges of shards at the same time, each range in transactions of
 * its own.
 *
 * <pre>{@code
 * JdbcDatabase database = JdbcDatabase.of(dataSource);
 * JdbcSink<Session> sessions =
 *     JdbcSink.upsert(database, "sessions", RecordColumns.of(Session.class), "user_name");
 * }</pre>
 *
 * <p>The numbers are in the table {@code vellamo_epochs} of the same database, a row for each
 * query, sink and range. An epoch that is already there is not written again. A run that opens the
 * sink becomes the owner of these rows; the writes of an earlier run, such as a process that was
 * believed to be dead, fail with {@link JdbcFencedException}.
 *
 * <p>The rows of a range are visible as soon as they are written, which may be before those of
 * other ranges and before the query has committed the epoch. If the query fails in between, its
 * next run adds what is missing.
 *
 * <p>In {@link OutputMode#COMPLETE}, an epoch deletes the rows of the table and inserts the whole
 * result, in one transaction.
 *
 * <p><b>Threading</b> Immutable; safe to share. A query uses one connection for each range ({@code
 * vellamo.query.sink-ranges}), for the time of an epoch.
 *
 * <p><b>Failure</b> A database that can't be reached, is overloaded or rolls back a transaction
 * because of others fails the epoch with {@link io.vellamo.api.RetryableException}; any other
 * failure with {@link SinkException}. Both name the SQLState, and no values.
 *
 * @param <U> the rows
 * @since 0.1
 */
public final class JdbcSink<U> implements ParallelSink<U> {
  /** The default name of the table of epochs. */
  public static final String EPOCHS_TABLE = "vellamo_epochs";

  private static final int BATCH_SIZE = 500;

  private final JdbcDatabase database;
  private final String table;
  private final RowStatement<U> statement;
  private final Settings settings;

  private JdbcSink(
      JdbcDatabase database, String table, RowStatement<U> statement, Settings settings) {
    this.database = requireNonNull(database, "database");
    this.table = SqlName.requireTable(table);
    this.statement = statement;
    this.settings = settings;
  }

  private record Settings(
      int batchSize,
      String epochsTable,
      boolean createsEpochsTable,
      boolean acceptsNewRuns,
      @Nullable String delete) {}

  private static <U> JdbcSink<U> create(
      JdbcDatabase database, String table, RowStatement<U> statement) {
    Settings settings = new Settings(BATCH_SIZE, EPOCHS_TABLE, false, false, null);
    return new JdbcSink<>(database, table, statement, settings);
  }

  /**
   * Returns a sink that inserts each row.
   *
   * @param database the database
   * @param table the table, with its schema in front if needed
   * @param columns the columns of a row
   * @param <R> the rows
   * @return a sink
   * @throws IllegalArgumentException if a component has no JDBC type
   */
  public static <R extends Record> JdbcSink<R> insert(
      JdbcDatabase database, String table, RecordColumns<R> columns) {
    return create(database, table, MappedStatement.of(table, columns, List.of()));
  }

  /**
   * Returns a sink that inserts each row, or updates the row of the same key. If an epoch has
   * several rows of one key, only the last is written.
   *
   * <p>Requires PostgreSQL, with a primary key or unique constraint of exactly the key columns, or
   * H2.
   *
   * @param database the database
   * @param table the table, with its schema in front if needed
   * @param columns the columns of a row
   * @param keys the names of the key columns, at least one
   * @param <R> the rows
   * @return a sink
   * @throws IllegalArgumentException if a component has no JDBC type, or {@code keys} is empty or
   *     names another column
   */
  public static <R extends Record> JdbcSink<R> upsert(
      JdbcDatabase database, String table, RecordColumns<R> columns, String... keys) {
    if (keys.length == 0) {
      throw new IllegalArgumentException("keys must have at least one column, was []");
    }
    return create(database, table, MappedStatement.of(table, columns, List.of(keys)));
  }

  /**
   * Returns a sink that executes a statement for each row.
   *
   * @param database the database
   * @param table the table that the statement writes to; its name identifies the sink among those
   *     of the query
   * @param sql the statement, with {@code ?} for each parameter
   * @param binder sets the parameters from a row
   * @param <U> the rows
   * @return a sink
   */
  public static <U> JdbcSink<U> statement(
      JdbcDatabase database, String table, String sql, JdbcBinder<? super U> binder) {
    requireNonNull(sql, "sql");
    requireNonNull(binder, "binder");
    return create(database, table, new UserStatement<U>(sql, binder));
  }

  /**
   * Sets the maximum number of rows that are sent to the database together. Defaults to 500.
   *
   * @param rows positive
   * @return a sink with this setting
   * @throws IllegalArgumentException if {@code rows} is not positive
   */
  public JdbcSink<U> withBatchSize(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be positive, was [%d]".formatted(rows));
    }
    return with(
        new Settings(
            rows,
            settings.epochsTable,
            settings.createsEpochsTable,
            settings.acceptsNewRuns,
            settings.delete));
  }

  /**
   * Sets the name of the table of epochs. Defaults to {@value #EPOCHS_TABLE}.
   *
   * @param name the table, with its schema in front if needed
   * @return a sink with this setting
   */
  public JdbcSink<U> withEpochsTable(String name) {
    return with(
        new Settings(
            settings.batchSize,
            SqlName.requireTable(name),
            settings.createsEpochsTable,
            settings.acceptsNewRuns,
            settings.delete));
  }

  /**
   * Lets the sink create the table of epochs if it is missing. By default it must exist.
   *
   * @return a sink with this setting
   */
  public JdbcSink<U> createEpochsTable() {
    return with(
        new Settings(
            settings.batchSize,
            settings.epochsTable,
            true,
            settings.acceptsNewRuns,
            settings.delete));
  }

  /**
   * Lets a query that starts again with an empty journal, and each batch, write to the table of an
   * earlier run. By default it is refused, as rows of both runs would mix; with {@link #upsert}
   * that may be the intention.
   *
   * @return a sink with this setting
   */
  public JdbcSink<U> acceptNewRuns() {
    return with(
        new Settings(
            settings.batchSize,
            settings.epochsTable,
            settings.createsEpochsTable,
            true,
            settings.delete));
  }

  /**
   * Sets the statement that removes the preceding result in {@link OutputMode#COMPLETE}. Defaults
   * to the deletion of all rows of the table; a table that holds rows of others needs a condition.
   *
   * @param sql the statement, without parameters
   * @return a sink with this setting
   */
  public JdbcSink<U> withDelete(String sql) {
    return with(
        new Settings(
            settings.batchSize,
            settings.epochsTable,
            settings.createsEpochsTable,
            settings.acceptsNewRuns,
            requireNonNull(sql, "sql")));
  }

  /**
   * Returns the statement that creates the table of epochs.
   *
   * @return a {@code CREATE TABLE} statement
   */
  public String epochsTableDdl() {
    return EpochsTable.ddl(settings.epochsTable);
  }

  @Override
  public String description() {
    return "Jdbc[%s of %s]".formatted(table, database);
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.TRANSACTIONAL;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.shared();
  }

  @Override
  public ShardWriter<U> open(SinkContext context, ShardRange shards, long owner) throws Exception {
    SqlFailures failures =
        new SqlFailures(
            "sink [%s]".formatted(description()),
            (message, cause) -> new SinkException(description(), message, cause));
    OpenDatabase open = database.open(1);
    try {
      Dialect dialect = open.inTransaction(failures, "opening", Dialect::of);
      statement.sql(dialect);
      EpochGuard guard = claim(open, dialect, context, shards, failures);
      String delete =
          settings.delete == null ? "DELETE FROM " + dialect.quotedPath(table) : settings.delete;
      return new JdbcSinkWriter<>(
          open,
          dialect,
          statement,
          guard,
          failures,
          settings.batchSize,
          context.mode() == OutputMode.COMPLETE ? delete : null);
    } catch (Throwable e) {
      open.close();
      throw e;
    }
  }

  private EpochGuard claim(
      OpenDatabase open,
      Dialect dialect,
      SinkContext context,
      ShardRange shards,
      SqlFailures failures)
      throws Exception {
    EpochsTable epochs = new EpochsTable(settings.epochsTable, dialect);
    if (settings.createsEpochsTable) {
      open.inTransactionOfSeveral(
          failures, "creating table [%s]".formatted(epochs.name()), epochs::create);
    }
    EpochGuard.Claim claim =
        new EpochGuard.Claim(epochs, context, description(), settings.acceptsNewRuns);
    return open.inTransactionOfSeveral(
        failures,
        "claiming table [%s], which epochsTableDdl() describes".formatted(epochs.name()),
        connection -> EpochGuard.of(connection, claim, table, shards));
  }

  private JdbcSink<U> with(Settings changed) {
    return new JdbcSink<>(database, table, statement, changed);
  }
}

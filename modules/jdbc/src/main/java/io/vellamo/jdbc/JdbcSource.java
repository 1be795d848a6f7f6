package io.vellamo.jdbc;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourceReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source that reads the rows of a table in the order of a key, which grows: an identity or serial
 * column, a time and an id, or an id that can be ordered. The table is one source partition. Its
 * offsets are keys if the key is a number, and with a {@link JdbcOrder} the numbers of rows that
 * precede.
 *
 * <pre>{@code
 * JdbcSource<Order> orders =
 *     JdbcSource.table(database, "orders", "id", RecordColumns.of(Order.class));
 * JdbcSource<Order> byTime =
 *     JdbcSource.table(
 *             database,
 *             "orders",
 *             JdbcOrder.byTime("created_at", "id"),
 *             RecordColumns.of(Order.class))
 *         .withSettle(Duration.ofMinutes(1));
 * }</pre>
 *
 * <p>Rows must be added only, with keys that the INSERT statement takes from a sequence. Rows that
 * change or disappear before their epoch is committed are read differently if it runs again; rows
 * with a key that is negative, or lower than that of a row which was already complete, are not
 * read.
 *
 * <p><b>Order</b> A transaction can commit after another one that has taken a higher key. In
 * PostgreSQL, a row is read when no transaction is left that was writing to the table when the row
 * was first seen. For other databases, {@link #withSettle} states the longest time for which a
 * transaction writes to the table. An order by time always needs it, because a transaction takes
 * the time when it begins and commits later: a row is read if it becomes visible at most that long
 * after its time, by the database's clock. A row that becomes visible later is not read, or fails
 * the query if its place is in a range that is read again.
 *
 * <p><b>Failure</b> A database that can't be reached or is overloaded fails the query with {@link
 * io.vellamo.api.RetryableException}, any other failure with {@link SourceException}. Both name the
 * SQLState, and no values. A row of which no event can be made is a dead letter.
 *
 * @param <T> the events
 * @since 0.1
 */
public final class JdbcSource<T> implements EventSource<T> {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final JdbcDatabase database;
  private final String table;
  private final JdbcOrder order;
  private final JdbcMapper<T> mapper;
  private final Settings settings;

  private JdbcSource(
      JdbcDatabase database,
      String table,
      JdbcOrder order,
      JdbcMapper<T> mapper,
      Settings settings) {
    this.database = requireNonNull(database, "database");
    this.table = SqlName.requireTable(table);
    this.order = requireNonNull(order, "order");
    this.mapper = requireNonNull(mapper, "mapper");
    this.settings = settings;
  }

  private record Settings(
      boolean isKeyed, @Nullable Duration settle, Duration pollInterval, long firstKey) {}

  /**
   * Returns a source of the rows of a table, as events that a function makes.
   *
   * @param database the database
   * @param table the table, with its schema in front if needed
   * @param key the column of the key, unique and of an integer type; needs an index
   * @param mapper returns the event of a row
   * @param <T> the events
   * @return a source
   */
  public static <T> JdbcSource<T> table(
      JdbcDatabase database, String table, String key, JdbcMapper<T> mapper) {
    return new JdbcSource<>(
        database, table, JdbcOrder.by(key), mapper, new Settings(true, null, POLL_INTERVAL, 0));
  }

  /**
   * Returns a source of the rows of a table, as records.
   *
   * @param database the database
   * @param table the table, with its schema in front if needed
   * @param key the column of the key, unique and of an integer type; needs an index
   * @param columns the columns of a record; the table may have others
   * @param <R> the records
   * @return a source
   * @throws IllegalArgumentException if a component has no JDBC type
   */
  public static <R extends Record> JdbcSource<R> table(
      JdbcDatabase database, String table, String key, RecordColumns<R> columns) {
    return table(database, table, key, new RecordMapper<>(columns));
  }

  /**
   * Returns a source of the rows of a table in another order than that of a number, as events that
   * a function makes. Needs PostgreSQL.
   *
   * @param database the database
   * @param table the table, with its schema in front if needed
   * @param order the order of the rows
   * @param mapper returns the event of a row
   * @param <T> the events
   * @return a source
   */
  public static <T> JdbcSource<T> table(
      JdbcDatabase database, String table, JdbcOrder order, JdbcMapper<T> mapper) {
    return new JdbcSource<>(
        database, table, order, mapper, new Settings(false, null, POLL_INTERVAL, 0));
  }

  /**
   * Returns a source of the rows of a table in another order than that of a number, as records.
   * Needs PostgreSQL.
   *
   * @param database the database
   * @param table the table, with its schema in front if needed
   * @param order the order of the rows
   * @param columns the columns of a record; the table may have others
   * @param <R> the records
   * @return a source
   * @throws IllegalArgumentException if a component has no JDBC type
   */
  public static <R extends Record> JdbcSource<R> table(
      JdbcDatabase database, String table, JdbcOrder order, RecordColumns<R> columns) {
    return table(database, table, order, new RecordMapper<>(columns));
  }

  /**
   * Sets the longest time for which a transaction writes to the table. A row is read once the
   * source has known it for this time. Rows of a transaction that takes longer can be lost.
   *
   * <p>PostgreSQL needs it only if keys are taken before the INSERT statement, such as by an
   * allocator that reserves blocks of keys ({@code CACHE} of a sequence, Hibernate's pooled
   * optimizer), or if the source reads a replica.
   *
   * @param settle positive
   * @return a source with this setting
   * @throws IllegalArgumentException if {@code settle} is not positive
   */
  public JdbcSource<T> withSettle(Duration settle) {
    return with(
        new Settings(
            settings.isKeyed,
            requirePositive(settle, "settle"),
            settings.pollInterval,
            settings.firstKey));
  }

  /**
   * Sets the interval at which an idle query looks for new rows. Defaults to 500 ms.
   *
   * @param interval positive
   * @return a source with this setting
   * @throws IllegalArgumentException if {@code interval} is not positive
   */
  public JdbcSource<T> withPollInterval(Duration interval) {
    return with(
        new Settings(
            settings.isKeyed,
            settings.settle,
            requirePositive(interval, "interval"),
            settings.firstKey));
  }

  /**
   * Sets the first key that a new query reads. Defaults to 0. A query that resumes reads on where
   * it stopped.
   *
   * @param firstKey not negative
   * @return a source with this setting
   * @throws IllegalArgumentException if {@code firstKey} is negative
   * @throws IllegalStateException if the source has a {@link JdbcOrder}
   */
  public JdbcSource<T> startingAt(long firstKey) {
    if (firstKey < 0) {
      throw new IllegalArgumentException(
          "firstKey must not be negative, was [%d]".formatted(firstKey));
    }
    if (!settings.isKeyed) {
      throw new IllegalStateException(
          "startingAt must be used with a key that is a number, the order was [%s]; read a view with the rows from there on"
              .formatted(order));
    }
    return with(new Settings(true, settings.settle, settings.pollInterval, firstKey));
  }

  @Override
  public String description() {
    return "Jdbc[%s of %s]".formatted(table, database);
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.shared();
  }

  @Override
  public Optional<Duration> pollInterval() {
    return Optional.of(settings.pollInterval);
  }

  @Override
  public SourceReader<T> open(SourceContext context) throws Exception {
    SqlFailures failures =
        new SqlFailures(
            "source [%s]".formatted(description()),
            (message, cause) -> new SourceException(description(), message, cause));
    // One for a range that is read, and one for plans at the same time.
    OpenDatabase open = database.open(2);
    try {
      return open.inTransaction(
          failures,
          "opening",
          connection -> {
            Dialect dialect = Dialect.of(connection);
            GrowingTable growing = growing(connection, dialect, context.committed());
            return new JdbcSourceReader<>(
                open,
                growing,
                mapper,
                failures,
                settlement(connection, dialect, growing, context),
                context.bounded());
          });
    } catch (Throwable e) {
      open.close();
      throw e;
    }
  }

  private GrowingTable growing(Connection connection, Dialect dialect, Offsets committed)
      throws SQLException {
    if (settings.isKeyed) {
      return new KeyedTable(dialect, table, order.columns().get(0), settings.firstKey);
    }
    if (dialect != Dialect.POSTGRESQL) {
      throw new SourceException(
          description(),
          "Database of source [%s] must be PostgreSQL for the order [%s]; use a key that is a number"
              .formatted(description(), order),
          null);
    }
    return new OrderedTable(
        OrderedColumns.of(connection, table, order, description()),
        table,
        description(),
        committed);
  }

  private Settlement settlement(
      Connection connection, Dialect dialect, GrowingTable growing, SourceContext context)
      throws SQLException {
    if (settings.settle != null) {
      return new SettleDelay(growing, settings.settle, context.clock());
    }
    if (order.isByTime()) {
      throw new SourceException(
          description(),
          "Source [%s] must know how much later than its time a row can appear; use withSettle with the longest time for which a transaction writes to the table"
              .formatted(description()),
          null);
    }
    if (dialect != Dialect.POSTGRESQL || isReplica(connection)) {
      throw new SourceException(
          description(),
          "Source [%s] must know when rows are complete, which only a PostgreSQL primary tells; use withSettle with the longest time for which a transaction writes to the table"
              .formatted(description()),
          null);
    }
    return new WriterLocks(growing);
  }

  private static boolean isReplica(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      found.next();
      return found.getBoolean(1);
    }
  }

  private JdbcSource<T> with(Settings changed) {
    return new JdbcSource<>(database, table, order, mapper, changed);
  }

  private static Duration requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("%s must be positive, was [%s]".formatted(name, duration));
    }
    return duration;
  }
}

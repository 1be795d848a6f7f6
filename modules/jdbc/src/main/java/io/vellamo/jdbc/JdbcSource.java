package io.vellamo.jdbc;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.source.EventSource;
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
 * column. The table is one source partition, and its offsets are keys.
 *
 * <pre>{@code
 * JdbcSource<Order> orders =
 *     JdbcSource.table(database, "orders", "id", RecordColumns.of(Order.class));
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
 * transaction writes to the table.
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
  private final String key;
  private final JdbcMapper<T> mapper;
  private final Settings settings;

  private JdbcSource(
      JdbcDatabase database, String table, String key, JdbcMapper<T> mapper, Settings settings) {
    this.database = requireNonNull(database, "database");
    this.table = SqlName.requireTable(table);
    this.key = SqlName.requireColumn(key);
    this.mapper = requireNonNull(mapper, "mapper");
    this.settings = settings;
  }

  private record Settings(@Nullable Duration settle, Duration pollInterval, long firstKey) {}

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
    return new JdbcSource<>(database, table, key, mapper, new Settings(null, POLL_INTERVAL, 0));
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
        new Settings(requirePositive(settle, "settle"), settings.pollInterval, settings.firstKey));
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
        new Settings(settings.settle, requirePositive(interval, "interval"), settings.firstKey));
  }

  /**
   * Sets the first key that a new query reads. Defaults to 0. A query that resumes reads on where
   * it stopped.
   *
   * @param firstKey not negative
   * @return a source with this setting
   * @throws IllegalArgumentException if {@code firstKey} is negative
   */
  public JdbcSource<T> startingAt(long firstKey) {
    if (firstKey < 0) {
      throw new IllegalArgumentException(
          "firstKey must not be negative, was [%d]".formatted(firstKey));
    }
    return with(new Settings(settings.settle, settings.pollInterval, firstKey));
  }

  @Override
  public String description() {
    return "Jdbc[%s of %s]".formatted(table, database);
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
            KeyedTable keyed = new KeyedTable(Dialect.of(connection), table, key);
            return new JdbcSourceReader<>(
                open,
                keyed,
                mapper,
                failures,
                settlement(connection, keyed, context),
                settings.firstKey,
                context.bounded());
          });
    } catch (Throwable e) {
      open.close();
      throw e;
    }
  }

  private Settlement settlement(Connection connection, KeyedTable keyed, SourceContext context)
      throws SQLException {
    if (settings.settle != null) {
      return new SettleDelay(keyed, settings.settle, context.clock());
    }
    if (keyed.dialect() != Dialect.POSTGRESQL || isReplica(connection)) {
      throw new SourceException(
          description(),
          "Source [%s] must know when rows are complete, which only a PostgreSQL primary tells; use withSettle with the longest time for which a transaction writes to the table"
              .formatted(description()),
          null);
    }
    return new WriterLocks(keyed);
  }

  private static boolean isReplica(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      found.next();
      return found.getBoolean(1);
    }
  }

  private JdbcSource<T> with(Settings changed) {
    return new JdbcSource<>(database, table, key, mapper, changed);
  }

  private static Duration requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("%s must be positive, was [%s]".formatted(name, duration));
    }
    return duration;
  }
}

package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.RecordColumns.Column;
import io.vellamo.api.sink.EpochRows;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An insert or upsert of all columns of a record class. */
final class MappedStatement<R extends Record> implements RowStatement<R> {
  private final String table;
  private final RecordColumns<R> columns;
  private final List<String> keys;
  private final int[] keyIndexes;

  private MappedStatement(String table, RecordColumns<R> columns, List<String> keys) {
    this.table = table;
    this.columns = columns;
    this.keys = keys;
    this.keyIndexes = keys.stream().mapToInt(names(columns)::indexOf).toArray();
  }

  /**
   * Creates an insert, or an upsert if there are key columns.
   *
   * @throws IllegalArgumentException if a column has an unsupported class, or a key is no column
   */
  static <R extends Record> MappedStatement<R> of(
      String table, RecordColumns<R> columns, List<String> keys) {
    for (Column column : columns.columns()) {
      SqlName.requireColumn(column.name());
      if (!JdbcValues.isSupported(column.type())) {
        throw new IllegalArgumentException(
            "component [%s] of [%s] must be a text, number, truth value, time, UUID, enum or byte[], was [%s]; use statement(database, table, sql, binder)"
                .formatted(
                    column.component(), columns.type().getSimpleName(), column.type().getName()));
      }
    }
    for (String key : keys) {
      if (!names(columns).contains(key)) {
        throw new IllegalArgumentException(
            "key columns must be among %s, was [%s]".formatted(names(columns), key));
      }
    }
    return new MappedStatement<>(table, columns, keys);
  }

  private static List<String> names(RecordColumns<?> columns) {
    return columns.columns().stream().map(Column::name).toList();
  }

  @Override
  public String sql(Dialect dialect) {
    return keys.isEmpty()
        ? dialect.insert(table, names(columns))
        : dialect.upsert(table, names(columns), keys);
  }

  @Override
  public void write(PreparedStatement statement, EpochRows<? extends R> rows, int batchSize)
      throws SQLException {
    BatchedStatement batches = new BatchedStatement(statement, batchSize);
    for (@Nullable Object[] values : keys.isEmpty() ? all(rows) : lastOfEachKey(rows)) {
      for (int i = 0; i < values.length; i++) {
        JdbcValues.set(statement, i + 1, columns.columns().get(i).type(), values[i]);
      }
      batches.add();
    }
    batches.flush();
  }

  private List<@Nullable Object[]> all(EpochRows<? extends R> rows) {
    List<@Nullable Object[]> all = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      all.add(columns.values(rows.row(i)));
    }
    return all;
  }

  /**
   * Returns the last row of each key. PostgreSQL refuses to update a row twice in one command, and
   * its driver can send a batch as one command ({@code reWriteBatchedInserts}).
   */
  private Collection<@Nullable Object[]> lastOfEachKey(EpochRows<? extends R> rows) {
    Map<List<@Nullable Object>, @Nullable Object[]> byKey = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      @Nullable Object[] values = columns.values(rows.row(i));
      byKey.put(key(values), values);
    }
    return byKey.values();
  }

  private List<@Nullable Object> key(@Nullable Object[] values) {
    @Nullable Object[] key = new @Nullable Object[keyIndexes.length];
    for (int i = 0; i < key.length; i++) {
      Object value = values[keyIndexes[i]];
      key[i] = value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }
    return Arrays.asList(key);
  }
}

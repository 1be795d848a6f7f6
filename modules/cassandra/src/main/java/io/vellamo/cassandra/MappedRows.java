package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.RecordColumns.Column;
import io.vellamo.api.sink.EpochRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Upserts of all columns of a record class, and deletions of rows by their key.
 *
 * @param isDeletion whether a row deletes the row of its key
 */
record MappedRows<R extends Record>(
    String table, RecordColumns<R> columns, CassandraKey key, Predicate<? super R> isDeletion)
    implements RowStatements<R> {
  MappedRows {
    List<String> names = columns.columns().stream().map(Column::name).toList();
    for (Column column : columns.columns()) {
      CqlName.requireColumn(column.name());
      if (CqlValues.typeOf(column.type()) == null) {
        throw new IllegalArgumentException(
            "component [%s] of [%s] must be a text, number, truth value, Instant, LocalDate, LocalTime, UUID, enum or byte[], was [%s]; use statement(cluster, table, cql, key, binder)"
                .formatted(
                    column.component(), columns.type().getSimpleName(), column.type().getName()));
      }
    }
    for (String column : key.columns()) {
      if (!names.contains(column)) {
        throw new IllegalArgumentException(
            "key columns must be among %s, was [%s]".formatted(names, column));
      }
    }
  }

  String createTable() {
    String types =
        columns.columns().stream()
            .map(
                column ->
                    "  %s %s,\n"
                        .formatted(CqlName.quoted(column.name()), CqlValues.typeOf(column.type())))
            .collect(Collectors.joining());
    String clustering = key.clustering().isEmpty() ? "" : ", " + CqlName.listed(key.clustering());
    return "CREATE TABLE IF NOT EXISTS %s (\n%s  PRIMARY KEY ((%s)%s)\n)"
        .formatted(CqlName.quotedTable(table), types, CqlName.listed(key.partition()), clustering);
  }

  private List<String> names() {
    return columns.columns().stream().map(Column::name).toList();
  }

  private String insert() {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            CqlName.quotedTable(table),
            CqlName.listed(names()),
            names().stream().map(name -> "?").collect(Collectors.joining(", ")));
  }

  private String delete() {
    return "DELETE FROM %s WHERE %s"
        .formatted(
            CqlName.quotedTable(table),
            key.columns().stream()
                .map(name -> CqlName.quoted(name) + " = ?")
                .collect(Collectors.joining(" AND ")));
  }

  @Override
  public Prepared<R> prepare(CqlSession session) {
    PreparedStatement insert = session.prepare(insert());
    PreparedStatement delete = session.prepare(delete());
    return rows ->
        lastOfEachKey(rows).entrySet().stream()
            .map(
                row ->
                    row.getValue() == null
                        ? delete.boundStatementBuilder(row.getKey().toArray())
                        : insert.boundStatementBuilder(row.getValue()));
  }

  /** Returns the values of the last row of each key; null if it deletes the row. */
  private Map<List<@Nullable Object>, @Nullable Object @Nullable []> lastOfEachKey(
      EpochRows<? extends R> rows) {
    int[] indexes = key.columns().stream().mapToInt(names()::indexOf).toArray();
    Map<List<@Nullable Object>, @Nullable Object @Nullable []> byKey = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      R row = rows.row(i);
      @Nullable Object[] values = columns.values(row);
      Arrays.setAll(values, index -> CqlValues.toCql(values[index]));
      List<@Nullable Object> keyValues = new ArrayList<>(indexes.length);
      for (int index : indexes) {
        keyValues.add(values[index]);
      }
      byKey.put(keyValues, isDeletion.test(row) ? null : values);
    }
    return byKey;
  }
}

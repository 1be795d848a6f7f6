package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.RecordColumns.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A mapper that creates records. */
record RecordMapper<R extends Record>(RecordColumns<R> columns) implements JdbcMapper<R> {
  RecordMapper {
    for (Column column : columns.columns()) {
      SqlName.requireColumn(column.name());
      if (!JdbcValues.isSupported(column.type())) {
        throw new IllegalArgumentException(
            "component [%s] of [%s] must be a text, number, truth value, time, UUID, enum or byte[], was [%s]; use a JdbcMapper"
                .formatted(
                    column.component(), columns.type().getSimpleName(), column.type().getName()));
      }
    }
  }

  @Override
  public R map(ResultSet row) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[columns.columns().size()];
    for (int i = 0; i < values.length; i++) {
      Column column = columns.columns().get(i);
      values[i] = JdbcValues.get(row, column.name(), column.type());
    }
    try {
      return columns.create(values);
    } catch (IllegalArgumentException e) {
      throw new RowFaultException(String.valueOf(e.getMessage()), e);
    }
  }
}

package io.vellamo.jdbc;

import io.vellamo.api.sink.EpochRows;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A statement of the user, with the function that sets its parameters. */
record UserStatement<U>(String sql, JdbcBinder<? super U> binder) implements RowStatement<U> {
  @Override
  public String sql(Dialect dialect) {
    return sql;
  }

  @Override
  public void write(PreparedStatement statement, EpochRows<? extends U> rows, int batchSize)
      throws SQLException {
    BatchedStatement batches = new BatchedStatement(statement, batchSize);
    for (int i = 0; i < rows.size(); i++) {
      binder.bind(statement, rows.row(i));
      batches.add();
    }
    batches.flush();
  }
}

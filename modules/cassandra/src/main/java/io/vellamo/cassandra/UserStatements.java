package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.vellamo.api.sink.EpochRows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A statement of the user, with the functions that set its parameters and return the key. */
record UserStatements<U>(String cql, Function<? super U, ?> key, CassandraBinder<? super U> binder)
    implements RowStatements<U> {
  @Override
  public Prepared<U> prepare(CqlSession session) {
    PreparedStatement statement = session.prepare(cql);
    return rows -> lastOfEachKey(rows).values().stream().map(row -> bound(statement, row));
  }

  private Map<Object, U> lastOfEachKey(EpochRows<? extends U> rows) {
    Map<Object, U> byKey = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      U row = rows.row(i);
      byKey.put(key.apply(row), row);
    }
    return byKey;
  }

  private BoundStatementBuilder bound(PreparedStatement statement, U row) {
    return binder.bind(statement.boundStatementBuilder(), row);
  }
}

package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import io.vellamo.api.sink.EpochRows;
import java.util.stream.Stream;

/**
 * The statements that write rows.
 *
 * @param <U> the rows
 */
interface RowStatements<U> {
  /** Prepares the statements. */
  Prepared<U> prepare(CqlSession session);

  /** Prepared statements. */
  interface Prepared<U> {
    /** Returns the statements of an epoch, at most one for each primary key; bound when taken. */
    Stream<BoundStatementBuilder> statements(EpochRows<? extends U> rows);
  }
}

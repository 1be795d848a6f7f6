package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.contract.ParallelSinkContract;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of sinks that are written in ranges, on PostgreSQL. */
@ExtendWith(PostgreSqlExtension.class)
final class JdbcRangesContractTest extends ParallelSinkContract<NumberRow> {
  private final PostgreSqlServer server;

  JdbcRangesContractTest(PostgreSqlServer server) {
    this.server = server;
  }

  @Override
  protected ParallelSink<NumberRow> createSink() throws SQLException {
    ContractTable.create(server);
    JdbcDatabase database = JdbcDatabase.at(server.url(), PostgreSqlServer.USER, "");
    return JdbcSink.insert(database, ContractTable.NAME, RecordColumns.of(NumberRow.class))
        .createEpochsTable();
  }

  @Override
  protected NumberRow row(int number) {
    return NumberRow.of(number);
  }

  @Override
  protected List<NumberRow> written() throws SQLException {
    return ContractTable.rows(server);
  }

  @Override
  protected boolean showsRowsAtOnce() {
    return true;
  }
}

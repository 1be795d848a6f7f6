package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.sink.RowSink;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.contract.SinkContract;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of sinks on PostgreSQL. */
@ExtendWith(PostgreSqlExtension.class)
abstract class JdbcSinkContract extends SinkContract<NumberRow> {
  private final PostgreSqlServer server;

  JdbcSinkContract(PostgreSqlServer server) {
    this.server = server;
  }

  abstract JdbcSink<NumberRow> create(JdbcDatabase database, RecordColumns<NumberRow> columns);

  @Override
  protected RowSink<NumberRow> createSink() throws SQLException {
    ContractTable.create(server);
    JdbcDatabase database = JdbcDatabase.at(server.url(), PostgreSqlServer.USER, "");
    return create(database, RecordColumns.of(NumberRow.class)).createEpochsTable();
  }

  @Override
  protected NumberRow row(int number) {
    return NumberRow.of(number);
  }

  @Override
  protected List<NumberRow> written() throws SQLException {
    return ContractTable.rows(server);
  }
}

package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.servers.PostgreSqlServer;

final class JdbcInsertContractTest extends JdbcSinkContract {
  JdbcInsertContractTest(PostgreSqlServer server) {
    super(server);
  }

  @Override
  JdbcSink<NumberRow> create(JdbcDatabase database, RecordColumns<NumberRow> columns) {
    return JdbcSink.insert(database, "contract", columns);
  }
}

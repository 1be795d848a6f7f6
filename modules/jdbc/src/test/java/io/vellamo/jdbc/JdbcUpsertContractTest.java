package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.servers.PostgreSqlServer;

final class JdbcUpsertContractTest extends JdbcSinkContract {
  JdbcUpsertContractTest(PostgreSqlServer server) {
    super(server);
  }

  @Override
  JdbcSink<NumberRow> create(JdbcDatabase database, RecordColumns<NumberRow> columns) {
    return JdbcSink.upsert(database, "contract", columns, "number");
  }
}

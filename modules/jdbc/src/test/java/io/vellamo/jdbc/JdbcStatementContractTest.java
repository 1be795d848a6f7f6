package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.servers.PostgreSqlServer;

final class JdbcStatementContractTest extends JdbcSinkContract {
  JdbcStatementContractTest(PostgreSqlServer server) {
    super(server);
  }

  @Override
  JdbcSink<NumberRow> create(JdbcDatabase database, RecordColumns<NumberRow> columns) {
    JdbcSink<NumberRow> sink =
        JdbcSink.statement(
            database,
            "contract",
            "INSERT INTO contract (number, text) VALUES (?, ?)",
            (statement, row) -> {
              statement.setInt(1, row.number());
              statement.setString(2, row.text());
            });
    return sink.withBatchSize(7);
  }
}

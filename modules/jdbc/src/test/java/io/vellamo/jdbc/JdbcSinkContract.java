package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.sink.RowSink;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.contract.SinkContract;
import java.sql.SQLException;
import java.util.ArrayList;
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
    server.execute("DROP TABLE IF EXISTS contract, vellamo_epochs");
    server.execute(
        "CREATE TABLE contract (place BIGSERIAL, number INT PRIMARY KEY, text VARCHAR(20))");
    JdbcDatabase database = JdbcDatabase.at(server.url(), PostgreSqlServer.USER, "");
    return create(database, RecordColumns.of(NumberRow.class)).createEpochsTable();
  }

  @Override
  protected NumberRow row(int number) {
    return NumberRow.of(number);
  }

  @Override
  protected List<NumberRow> written() throws SQLException {
    List<NumberRow> rows = new ArrayList<>();
    for (String row :
        Tables.rows(server.dataSource(), "SELECT number, text FROM contract ORDER BY place")) {
      String[] values = row.split(",", -1);
      rows.add(new NumberRow(Integer.parseInt(values[0]), values[1]));
    }
    return rows;
  }
}

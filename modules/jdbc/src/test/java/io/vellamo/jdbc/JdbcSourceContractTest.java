package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.source.EventSource;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.contract.SourceContract;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSqlExtension.class)
final class JdbcSourceContractTest extends SourceContract<NumberRow> {
  private final PostgreSqlServer server;

  JdbcSourceContractTest(PostgreSqlServer server) {
    this.server = server;
  }

  @Override
  protected EventSource<NumberRow> createSource(ManualClock clock) throws SQLException {
    server.execute("DROP TABLE IF EXISTS input");
    server.execute("CREATE TABLE input (id BIGSERIAL PRIMARY KEY, number INT, text TEXT)");
    JdbcDatabase database = JdbcDatabase.at(server.url(), PostgreSqlServer.USER, "");
    return JdbcSource.table(database, "input", "id", RecordColumns.of(NumberRow.class));
  }

  @Override
  protected void addEvents(int count) throws SQLException {
    // A rolled back insert leaves a gap between the keys.
    server.execute("SELECT nextval('input_id_seq')");
    server.execute(
        "INSERT INTO input (number, text) SELECT n, 'row ' || n FROM generate_series(1, %d) AS n"
            .formatted(count));
  }
}

package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.source.EventSource;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.contract.SourceContract;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

/** The laws of a source in the order of a text and a UUID, three rows to a text. */
@ExtendWith(PostgreSqlExtension.class)
final class JdbcOrderContractTest extends SourceContract<NumberRow> {
  private final PostgreSqlServer server;
  private int added;

  JdbcOrderContractTest(PostgreSqlServer server) {
    this.server = server;
  }

  @Override
  protected EventSource<NumberRow> createSource(ManualClock clock) throws SQLException {
    server.execute("DROP TABLE IF EXISTS ordered");
    server.execute(
        "CREATE TABLE ordered (code VARCHAR(20) NOT NULL, id UUID NOT NULL, number INT, text TEXT,"
            + " PRIMARY KEY (code, id))");
    JdbcDatabase database = JdbcDatabase.at(server.url(), PostgreSqlServer.USER, "");
    return JdbcSource.table(
        database, "ordered", JdbcOrder.by("code", "id"), RecordColumns.of(NumberRow.class));
  }

  @Override
  protected void addEvents(int count) throws SQLException {
    server.execute(
        "INSERT INTO ordered SELECT 'ü😀:' || to_char(n / 3, 'FM00000'), uuidv7(), n, 'row ' || n"
            + " FROM generate_series(%d, %d) AS n".formatted(added, added + count - 1));
    added += count;
  }
}

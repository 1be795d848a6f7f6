package io.vellamo.jdbc;

import io.vellamo.servers.PostgreSqlServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table that contracts of sinks write to; it keeps the order of the rows. */
final class ContractTable {
  static final String NAME = "contract";

  private ContractTable() {}

  static void create(PostgreSqlServer server) throws SQLException {
    server.execute("DROP TABLE IF EXISTS contract, vellamo_epochs");
    server.execute(
        "CREATE TABLE contract (place BIGSERIAL, number INT PRIMARY KEY, text VARCHAR(20))");
  }

  static List<NumberRow> rows(PostgreSqlServer server) throws SQLException {
    List<NumberRow> rows = new ArrayList<>();
    for (String row :
        Tables.rows(server.dataSource(), "SELECT number, text FROM contract ORDER BY place")) {
      String[] values = row.split(",", -1);
      rows.add(new NumberRow(Integer.parseInt(values[0]), values[1]));
    }
    return rows;
  }
}

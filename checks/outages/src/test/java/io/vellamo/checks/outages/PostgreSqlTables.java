package io.vellamo.checks.outages;

import io.vellamo.servers.PostgreSqlServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A table of visits, and one of rows without a key: a row that is there twice shows. */
final class PostgreSqlTables implements TestedSystem {
  static final String NAME = "postgresql";

  private final PostgreSqlServer server;
  // Set for each run.
  private String input = "";
  private String output = "";

  private PostgreSqlTables(PostgreSqlServer server) {
    this.server = server;
  }

  static PostgreSqlTables start() {
    return new PostgreSqlTables(PostgreSqlServer.start());
  }

  String url() {
    return server.url();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void prepare(Addresses addresses) throws SQLException {
    input = addresses.input();
    output = addresses.output();
    server.execute(
        "CREATE TABLE %s (id BIGSERIAL PRIMARY KEY, visitor TEXT, number INT)".formatted(input));
    server.execute(
        "CREATE TABLE %s (visitor TEXT, nth BIGINT, number INT, total BIGINT, place BIGSERIAL)"
            .formatted(output));
    server.execute("DROP TABLE IF EXISTS vellamo_epochs");
  }

  @Override
  public void add(List<SiteVisit> visits) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO %s (visitor, number) VALUES (?, ?)".formatted(input))) {
      connection.setAutoCommit(false);
      for (SiteVisit visit : visits) {
        insert.setString(1, visit.visitor());
        insert.setInt(2, visit.number());
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    }
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void restart() {
    server.restart();
  }

  @Override
  public List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement();
        // In the order in which they have been written. The place on the disk does not tell it: the
        // space of rows that were rolled back is used again.
        ResultSet found =
            statement.executeQuery(
                "SELECT visitor, nth, number, total FROM %s ORDER BY place".formatted(output))) {
      while (found.next()) {
        rows.add(
            new VisitTotal(found.getString(1), found.getLong(2), found.getInt(3), found.getLong(4))
                .text());
      }
    }
    return rows;
  }

  @Override
  public boolean keepsOrder() {
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

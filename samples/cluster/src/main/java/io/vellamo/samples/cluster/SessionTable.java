package io.vellamo.samples.cluster;

import io.vellamo.servers.JournalTables;
import io.vellamo.servers.PostgreSqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A database with the journal of the query and a table of its sessions, which has no key. */
final class SessionTable implements AutoCloseable {
  static final String NAME = "sessions";

  private final PostgreSqlServer server;

  private SessionTable(PostgreSqlServer server) {
    this.server = server;
  }

  /** Starts a server with empty tables, whose data are in a directory until it is closed. */
  static SessionTable start(Path directory) throws IOException, SQLException {
    SessionTable table = new SessionTable(PostgreSqlServer.start(directory));
    try {
      JournalTables.create(table.server.dataSource());
      table.server.execute(
          """
          CREATE TABLE sessions (
            user_name TEXT, started_at TIMESTAMPTZ, ended_at TIMESTAMPTZ, visits BIGINT)
          """);
      return table;
    } catch (IOException | SQLException | RuntimeException | Error e) {
      table.close();
      throw e;
    }
  }

  String url() {
    return server.url();
  }

  /** Returns the sessions that are in the table; one that is there twice, twice. */
  List<VisitSession> sessions() throws SQLException {
    List<VisitSession> sessions = new ArrayList<>();
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT * FROM sessions")) {
      while (found.next()) {
        sessions.add(
            new VisitSession(
                Objects.requireNonNull(found.getString(1)),
                found.getObject(2, OffsetDateTime.class).toInstant(),
                found.getObject(3, OffsetDateTime.class).toInstant(),
                found.getLong(4)));
      }
    }
    return sessions;
  }

  /** Returns the number of sessions in the table. */
  long count() throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*) FROM sessions")) {
      found.next();
      return found.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

package io.vellamo.checks.cluster;

import io.vellamo.servers.JournalTables;
import io.vellamo.servers.PostgreSqlServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of a test, with the tables of the journal and one of rows without a key. */
final class TestDatabase {
  private final DataSource dataSource;
  private final String name;
  private final int port;

  private TestDatabase(DataSource dataSource, String name, int port) {
    this.dataSource = dataSource;
    this.name = name;
    this.port = port;
  }

  /** Creates a database, which also names the query and its table. */
  static TestDatabase create(PostgreSqlServer server, String name)
      throws SQLException, IOException {
    server.execute("CREATE DATABASE " + name);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), name));
    source.setUser(PostgreSqlServer.USER);
    JournalTables.create(source);
    TestDatabase database = new TestDatabase(source, name, server.port());
    database.execute(
        "CREATE TABLE %s (visitor TEXT, nth BIGINT, number BIGINT, total BIGINT)".formatted(name));
    return database;
  }

  DataSource dataSource() {
    return dataSource;
  }

  String name() {
    return name;
  }

  /** Returns the port of the server. */
  int port() {
    return port;
  }

  /**
   * Returns the address behind a forwarder; calls through one that is cut end after a while. The
   * transaction of a client that is paused ends earlier: the calls of others wait for its locks.
   *
   * @param client the name by which the server knows the connections
   */
  String urlAt(int forwarder, String client) {
    return ("jdbc:postgresql://127.0.0.1:%d/%s?connectTimeout=2&loginTimeout=2&socketTimeout=5"
            + "&options=-c%%20idle_in_transaction_session_timeout=3s&ApplicationName=%s")
        .formatted(forwarder, name, client.replace(" ", "%20"));
  }

  /** Returns whether none of a client's connections is in a transaction. */
  boolean isIdle(String client) throws SQLException {
    return count("pg_stat_activity WHERE application_name = ? AND state <> 'idle'", client) == 0;
  }

  /** Returns the number of the journal's records that have a form. */
  long countRecords(String manifest) throws SQLException {
    return count("event_journal WHERE event_ser_manifest = ?", manifest);
  }

  private long count(String what, String parameter) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM " + what)) {
      select.setString(1, parameter);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Lets the journal take two records at one place, so that no writer is ever refused.
   *
   * <p>The index stays, without being unique: recoveries must not slow down.
   */
  void switchFencingOff() throws SQLException {
    execute("ALTER TABLE event_journal DROP CONSTRAINT event_journal_pkey");
    execute("CREATE INDEX ON event_journal (persistence_id, sequence_number)");
  }

  /** Returns the number of rows. */
  long countRows() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*) FROM " + name)) {
      found.next();
      return found.getLong(1);
    }
  }

  /** Returns the rows, also those that are there more than once. */
  List<RunningTotal> rows() throws SQLException {
    List<RunningTotal> rows = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT * FROM " + name)) {
      while (found.next()) {
        rows.add(
            new RunningTotal(
                found.getString(1), found.getLong(2), found.getLong(3), found.getLong(4)));
      }
    }
    return rows;
  }
}

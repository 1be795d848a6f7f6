package io.vellamo.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;

/** The tables of Apache Pekko's JDBC journal on PostgreSQL. */
public final class JournalTables {
  private static final String SCHEMA = "/schema/postgres/postgres-create-schema.sql";

  private JournalTables() {}

  /**
   * Creates the tables by the plugin's own script, unless the database has them.
   *
   * @param database the database
   * @throws IOException if the plugin is not on the class path
   * @throws SQLException if a statement fails
   */
  public static void create(DataSource database) throws IOException, SQLException {
    // One by one: a statement that builds an index must not be in a transaction.
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      if (exist(statement)) {
        return;
      }
      for (String sql : script().split(";", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
  }

  private static boolean exist(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery("SELECT to_regclass('public.durable_state')")) {
      found.next();
      return found.getString(1) != null;
    }
  }

  private static String script() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(JournalTables.class.getResourceAsStream(SCHEMA), SCHEMA)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

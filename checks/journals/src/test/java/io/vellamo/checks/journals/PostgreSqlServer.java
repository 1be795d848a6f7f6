package io.vellamo.checks.journals;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** A PostgreSQL server of its own, with the server's default settings and the journal's tables. */
final class PostgreSqlServer implements AutoCloseable {
  private static final String SCHEMA = "/schema/postgres/postgres-create-schema.sql";

  private final EmbeddedPostgres server;

  private PostgreSqlServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static PostgreSqlServer start() {
    try {
      PostgreSqlServer server = new PostgreSqlServer(startServer());
      server.createTables();
      return server;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("PostgreSQL must start", e);
    }
  }

  private static EmbeddedPostgres startServer() throws IOException {
    Path directory = Path.of("target", "postgresql").toAbsolutePath();
    Files.createDirectories(directory);
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(directory.toFile())
        .setDataDirectory(Files.createTempDirectory(directory, "data"))
        // PostgreSQL's defaults again, which the builder has made faster and less safe.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100")
        .start();
  }

  TestedJournal journal() {
    return TestedJournal.of(
        "postgresql.conf",
        """
        pekko-persistence-jdbc.shared-databases.slick.db {
          url = "jdbc:postgresql://localhost:%d/postgres"
          user = "postgres"
        }
        """
            .formatted(server.getPort()),
        "jdbc-read-journal");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** Runs a statement outside of any transaction. */
  void execute(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs the plugin's own script; a statement that builds an index wants no transaction. */
  private void createTables() throws IOException, SQLException {
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(SCHEMA), SCHEMA)) {
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String sql : script.split(";", -1)) {
        if (!sql.isBlank()) {
          execute(sql);
        }
      }
    }
  }
}

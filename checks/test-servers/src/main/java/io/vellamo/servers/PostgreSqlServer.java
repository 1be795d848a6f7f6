package io.vellamo.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A PostgreSQL server with the server's default settings. It can be stopped and started again on
 * the same port, with the same data.
 */
public final class PostgreSqlServer implements AutoCloseable {
  /** The user that owns everything. It has no password. */
  public static final String USER = "postgres";

  private final Path directory;
  private final Path data;
  private EmbeddedPostgres server;

  private PostgreSqlServer(Path directory, Path data, EmbeddedPostgres server) {
    this.directory = directory;
    this.data = data;
    this.server = server;
  }

  /**
   * Starts a server whose files are below {@code target} of the current directory.
   *
   * @return a server with an empty database
   */
  public static PostgreSqlServer start() {
    return start(Path.of("target", "postgresql"));
  }

  /**
   * Starts a server.
   *
   * @param directory holds its program and, until it is closed, its data; created if it is missing
   * @return a server with an empty database
   */
  public static PostgreSqlServer start(Path directory) {
    try {
      Path parent = Files.createDirectories(directory.toAbsolutePath());
      Path data = Files.createTempDirectory(parent, "data");
      return new PostgreSqlServer(parent, data, run(parent, data, Processes.freePort()));
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL must start", e);
    }
  }

  private static EmbeddedPostgres run(Path directory, Path data, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(directory.toFile())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        // PostgreSQL's defaults again, which the builder has made faster and less safe.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100")
        .start();
  }

  /**
   * Returns the port, which stays the same after {@link #restart}.
   *
   * @return the port on the loopback interface
   */
  public int port() {
    return server.getPort();
  }

  /**
   * Returns the address for JDBC.
   *
   * @return a URL without user
   */
  public String url() {
    return "jdbc:postgresql://localhost:" + port() + "/postgres";
  }

  /**
   * Returns a data source without a pool.
   *
   * @return a data source, valid until the server is restarted or closed
   */
  public DataSource dataSource() {
    return server.getPostgresDatabase();
  }

  /** Stops the server. Its data stay. */
  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL must stop", e);
    }
  }

  /** Starts the stopped server again, on the same port and with the same data. */
  public void restart() {
    try {
      server = run(directory, data, port());
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL must start again", e);
    }
  }

  /**
   * Runs a statement outside of any transaction.
   *
   * @param sql the statement
   * @throws SQLException if it fails
   */
  public void execute(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Stops the server and removes its data. */
  @Override
  public void close() throws IOException {
    server.close();
    Processes.delete(data);
  }
}

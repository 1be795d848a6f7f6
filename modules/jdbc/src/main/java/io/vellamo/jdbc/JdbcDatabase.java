package io.vellamo.jdbc;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that sources and sinks connect to: a {@link DataSource} of the application, or an
 * address for which each source and sink opens a small HikariCP pool and closes it with the query.
 *
 * <p><b>Threading</b> Immutable; safe to share.
 *
 * @since 0.1
 */
public final class JdbcDatabase {
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

  private final String name;
  private final @Nullable DataSource shared;
  private final String user;
  private final String password;

  private JdbcDatabase(String name, @Nullable DataSource shared, String user, String password) {
    this.name = name;
    this.shared = shared;
    this.user = user;
    this.password = password;
  }

  /**
   * Returns the database of a data source, which should be a pool: a sink takes a connection for
   * each epoch.
   *
   * @param dataSource the data source, which the query does not close
   * @return the database
   */
  public static JdbcDatabase of(DataSource dataSource) {
    return new JdbcDatabase("DataSource", requireNonNull(dataSource, "dataSource"), "", "");
  }

  /**
   * Returns the database of an address.
   *
   * @param url the JDBC URL; its driver must be on the class path
   * @param user the user; empty if the URL says it
   * @param password the password; empty if there is none
   * @return the database
   */
  public static JdbcDatabase at(String url, String user, String password) {
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    if (!url.startsWith("jdbc:")) {
      throw new IllegalArgumentException("url must begin with [jdbc:], was [%s]".formatted(url));
    }
    return new JdbcDatabase(url, null, user, password);
  }

  /** Opens the database for one source or sink. */
  OpenDatabase open(int connections) {
    if (shared != null) {
      return new OpenDatabase(shared, () -> {});
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(name);
    if (!user.isEmpty()) {
      config.setUsername(user);
    }
    if (!password.isEmpty()) {
      config.setPassword(password);
    }
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    // A server that is down must fail the call, as a retryable failure, and not the constructor.
    config.setInitializationFailTimeout(-1);
    HikariDataSource pool = new HikariDataSource(config);
    return new OpenDatabase(pool, pool::close);
  }

  /**
   * Returns the URL without its parameters, which may contain a password.
   *
   * @return such as {@code jdbc:postgresql://localhost:5432/orders}
   */
  @Override
  public String toString() {
    return name.replaceAll("[?;].*", "").replaceAll("//[^/@]*@", "//");
  }
}

package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vellamo.servers.CassandraServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A session of tests, in a keyspace of their own. */
final class TestCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  // Tables are not emptied between tests: that takes seconds.
  private static final AtomicInteger TABLES = new AtomicInteger();

  private final CqlSession session;

  private TestCluster(CqlSession session) {
    this.session = session;
  }

  static TestCluster of(CassandraServer server) {
    CqlSession session =
        CqlSession.builder()
            .addContactPoint(server.address())
            .withLocalDatacenter(CassandraServer.DATACENTER)
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
                    .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
                    .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
                    .build())
            .build();
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS shop WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    return new TestCluster(session);
  }

  /** Returns the name of a table that no other test has. */
  static String newTable() {
    return "shop.t" + TABLES.incrementAndGet();
  }

  CassandraCluster cluster() {
    return CassandraCluster.of(session);
  }

  CqlSession session() {
    return session;
  }

  void execute(String cql) {
    session.execute(cql);
  }

  /** Returns the rows of a query, sorted, each as its values with commas between them. */
  List<String> rows(String cql) {
    List<String> rows = new ArrayList<>();
    for (Row row : session.execute(cql)) {
      List<String> values = new ArrayList<>();
      ColumnDefinitions columns = row.getColumnDefinitions();
      for (int i = 0; i < columns.size(); i++) {
        values.add(String.valueOf(row.getObject(i)));
      }
      rows.add(String.join(",", values));
    }
    rows.sort(null);
    return rows;
  }

  @Override
  public void close() {
    session.close();
  }
}

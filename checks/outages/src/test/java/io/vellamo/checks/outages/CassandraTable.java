package io.vellamo.checks.outages;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vellamo.servers.CassandraServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A table of rows, whose key is the visitor and the place among the visitor's visits. */
final class CassandraTable implements TestedSystem {
  static final String NAME = "cassandra";
  static final String KEYSPACE = "outages";

  private final CassandraServer server;
  // Set for each run.
  private String output = "";

  private CassandraTable(CassandraServer server) {
    this.server = server;
  }

  static CassandraTable start() {
    return new CassandraTable(CassandraServer.start());
  }

  int port() {
    return server.port();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void prepare(Addresses addresses) {
    output = addresses.output();
    try (CqlSession session = connect()) {
      session.execute(
          "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
              .formatted(KEYSPACE));
    }
  }

  /** Does nothing: its query reads a file. */
  @Override
  public void add(List<SiteVisit> visits) {}

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void restart() {
    server.restart();
  }

  @Override
  public List<String> rows() {
    List<String> rows = new ArrayList<>();
    try (CqlSession session = connect()) {
      for (Row row :
          session.execute(
              "SELECT visitor, nth, number, total FROM %s.%s".formatted(KEYSPACE, output))) {
        rows.add(
            new VisitTotal(row.getString(0), row.getLong(1), row.getInt(2), row.getLong(3)).text());
      }
    }
    return rows;
  }

  private CqlSession connect() {
    return CqlSession.builder()
        .addContactPoint(server.address())
        .withLocalDatacenter(CassandraServer.DATACENTER)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
                .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
                .build())
        .build();
  }

  /** A table is sorted by the hash of its key. */
  @Override
  public boolean keepsOrder() {
    return false;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

package io.vellamo.checks.journals;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.ConfigFactory;
import io.vellamo.servers.CassandraServer;
import io.vellamo.servers.JournalTables;
import io.vellamo.servers.PostgreSqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Journals of this run. */
final class TestedJournals {
  private TestedJournals() {}

  /** Returns the embedded journal in a directory. */
  static TestedJournal embedded(Path directory) {
    return new TestedJournal(
        ConfigFactory.parseString(
            """
            vellamo.journal.plugin = "vellamo.embedded-journal.journal"
            vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
            vellamo.embedded-journal.dir = "%s"
            """
                .formatted(directory)),
        "vellamo.embedded-journal.read-journal");
  }

  /** Returns the journal on PostgreSQL; its tables are created by the first call. */
  static TestedJournal on(PostgreSqlServer server) {
    try {
      JournalTables.create(server.dataSource());
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the journal's tables must be created", e);
    }
    return TestedJournal.of(
        "postgresql.conf",
        """
        pekko-persistence-jdbc.shared-databases.slick.db {
          url = "%s"
          user = "%s"
        }
        """
            .formatted(server.url(), PostgreSqlServer.USER),
        "jdbc-read-journal");
  }

  /** Returns the journal on Cassandra. */
  static TestedJournal on(CassandraServer server) {
    return TestedJournal.of(
        "cassandra.conf",
        "datastax-java-driver.basic.contact-points = [\"127.0.0.1:%d\"]".formatted(server.port()),
        "pekko.persistence.cassandra.query");
  }

  /** Runs a statement. */
  static void execute(CassandraServer server, String cql) {
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(server.address())
            .withLocalDatacenter(CassandraServer.DATACENTER)
            .build()) {
      session.execute(cql);
    }
  }
}

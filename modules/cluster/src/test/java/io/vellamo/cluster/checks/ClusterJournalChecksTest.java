package io.vellamo.cluster.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.cluster.settings.ClusterSettings;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class ClusterJournalChecksTest {
  private static final String JDBC =
      """
      vellamo.journal.plugin = jdbc-journal
      vellamo.journal.snapshot-plugin = jdbc-snapshot-store
      jdbc-journal.class = "org.apache.pekko.persistence.jdbc.journal.JdbcAsyncWriteJournal"
      jdbc-snapshot-store.class = "org.apache.pekko.persistence.jdbc.snapshot.JdbcSnapshotStore"
      """;

  private static final String CASSANDRA =
      """
      vellamo.journal.plugin = cassandra
      cassandra.class = "org.apache.pekko.persistence.cassandra.journal.CassandraJournal"
      """;

  private static final String UNKNOWN =
      """
      vellamo.journal.plugin = acme
      acme.class = "com.acme.Journal"
      """;

  @Test
  void embeddedJournal_alsoAsTheDefault_isRefused() {
    String message =
        "Journal of a cluster must be one that all nodes reach, [vellamo.embedded-journal.journal] keeps its records on the disk of one machine; use a database, such as PostgreSQL with pekko-persistence-jdbc";

    assertRefused("", ClusterJournalChecksTest::noProbe, message);
    assertRefused(
        "pekko.persistence.journal.plugin = vellamo.embedded-journal.journal",
        ClusterJournalChecksTest::noProbe,
        message);
  }

  @Test
  void journalOfOneProcess_isRefusedAlsoIfUnfencedOnesAreAccepted() {
    assertRefused(
        "vellamo.journal.plugin = pekko.persistence.journal.leveldb",
        ClusterJournalChecksTest::noProbe,
        "Journal of a cluster must be one that all nodes reach, [pekko.persistence.journal.leveldb] keeps its records on the disk of one machine; use a database, such as PostgreSQL with pekko-persistence-jdbc");
    assertRefused(
        """
        vellamo.journal.plugin = pekko.persistence.journal.inmem
        vellamo.cluster.unfenced-journal = accept
        """,
        ClusterJournalChecksTest::noProbe,
        "Journal of a cluster must be one that all nodes reach, [pekko.persistence.journal.inmem] keeps its records in the memory of one process; use a database, such as PostgreSQL with pekko-persistence-jdbc");
  }

  @Test
  void snapshotStoreOfOneMachine_isRefused() {
    assertRefused(
        JDBC + "vellamo.journal.snapshot-plugin = pekko.persistence.snapshot-store.local",
        ClusterJournalChecksTest::noProbe,
        "Snapshot store of a cluster must be one that all nodes reach, [pekko.persistence.snapshot-store.local] keeps its records on the disk of one machine; use a database, such as PostgreSQL with pekko-persistence-jdbc");
  }

  @Test
  void jdbcJournal_alsoUnderAnotherId_isSafeWithoutATest() {
    assertThat(risk(JDBC, ClusterJournalChecksTest::noProbe)).isEmpty();
    assertThat(
            risk(
                JDBC + "mine = ${jdbc-journal}, vellamo.journal.plugin = mine",
                ClusterJournalChecksTest::noProbe))
        .isEmpty();
  }

  @Test
  void cassandraJournal_notAccepted_isRefused() {
    assertRefused(
        CASSANDRA,
        ClusterJournalChecksTest::noProbe,
        "Journal of a cluster must refuse a second write of a sequence number, [cassandra] accepts it: two nodes could write the same shard after a pause or a network failure; use a database that refuses it, such as PostgreSQL with pekko-persistence-jdbc, or accept the risk with vellamo.cluster.unfenced-journal = accept");
  }

  @Test
  void cassandraJournal_accepted_isARisk() {
    assertThat(
            risk(
                CASSANDRA + "vellamo.cluster.unfenced-journal = accept",
                ClusterJournalChecksTest::noProbe))
        .contains(
            "Journal must refuse a second write of a sequence number, [cassandra] accepts it: state is at risk if a node is paused or cut off for longer than failure detection, stable-after and down-removal-margin together; use PostgreSQL with pekko-persistence-jdbc to be safe");
  }

  @Test
  void unknownJournal_isJudgedByItsTest() {
    assertThat(risk(UNKNOWN, journal -> journal.id().equals("acme"))).isEmpty();
    assertThatThrownBy(() -> risk(UNKNOWN, journal -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "Journal of a cluster must refuse a second write of a sequence number, [acme] accepts it");
    assertThat(risk(UNKNOWN + "vellamo.cluster.unfenced-journal = accept", journal -> false))
        .isPresent();
  }

  @Test
  void proxy_isJudgedByTheTestOfItsTarget() {
    String proxy = "vellamo.journal.plugin = pekko.persistence.journal.proxy";

    assertThat(risk(proxy, journal -> true)).isEmpty();
    assertThatThrownBy(() -> risk(proxy, journal -> false))
        .hasMessageContaining("[pekko.persistence.journal.proxy] accepts it");
  }

  private static void assertRefused(
      String settings, Predicate<ConfiguredJournal> probe, String message) {
    assertThatThrownBy(() -> risk(settings, probe))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  private static Optional<String> risk(String settings, Predicate<ConfiguredJournal> probe) {
    Config config = ConfigFactory.load(ConfigFactory.parseString(settings));
    return new ClusterJournalChecks(
            config, ClusterSettings.from(config), JournalOptions.from(config))
        .risk(probe);
  }

  private static boolean noProbe(ConfiguredJournal journal) {
    throw new AssertionError("no test of " + journal.id());
  }
}

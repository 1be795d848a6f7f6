package io.vellamo.checks.journals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.servers.CassandraExtension;
import io.vellamo.servers.CassandraServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queries on Cassandra. */
@ExtendWith(CassandraExtension.class)
final class CassandraJournalTest extends QueryJournalContract {
  private final CassandraServer server;

  CassandraJournalTest(CassandraServer server) {
    super(TestedJournals.on(server));
    this.server = server;
  }

  /** By the plugin, which waits for a record that may come late. */
  @Test
  void recordThatIsMissing_isRefused() throws Exception {
    assertMissingRecordIsRefused(
        (persistenceId, sequenceNr) ->
            TestedJournals.execute(
                server,
                "DELETE FROM vellamo.messages WHERE persistence_id = '%s' AND partition_nr = 0 AND sequence_nr = %d"
                    .formatted(persistenceId, sequenceNr)),
        "Sequence number [2] still missing after [10.00 s], saw unexpected seqNr [3]");
  }

  @Test
  void journalUnderAnUnknownName_testedByANodeOfACluster_acceptsASecondWrite() {
    // The first call creates the tables, which can take longer than the defaults on a busy machine.
    String unnamed =
        """
        pekko.persistence.cassandra.journal {
          class = "%s"
          circuit-breaker.call-timeout = 60s
        }
        vellamo.cluster.probe-timeout = 2m
        """
            .formatted(UnnamedCassandraJournal.class.getName());

    assertThatThrownBy(() -> ClusterNode.check(journal(), unnamed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[pekko.persistence.cassandra.journal] accepts it");
    assertThat(ClusterNode.check(journal(), unnamed + "vellamo.cluster.unfenced-journal = accept"))
        .hasSize(1);
  }
}

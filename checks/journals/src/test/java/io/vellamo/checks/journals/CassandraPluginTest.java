package io.vellamo.checks.journals;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.checks.journals.Diary.Write;
import io.vellamo.servers.CassandraExtension;
import io.vellamo.servers.CassandraServer;
import org.apache.pekko.actor.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Cassandra plugin. */
@ExtendWith(CassandraExtension.class)
final class CassandraPluginTest extends JournalPluginContract {
  CassandraPluginTest(CassandraServer server) {
    super(TestedJournals.on(server));
  }

  @Test
  void events_inPartitionsBehindADeletedPrefix_areAllRecovered() {
    assertPrefixIsPassedOver(
        "partitions", "pekko.persistence.cassandra.journal.target-partition-size = 700");
  }

  /** 16 MiB, as here, or a fortieth of the server's heap, if that is less. */
  @Test
  void write_largerThanAMessage_isRefused() {
    try (TestSystem system = TestSystem.start(journal())) {
      ActorRef diary = system.diary("too-large", true);
      system.ask(diary, new Write(13, MEGABYTE));

      assertThatThrownBy(() -> system.ask(diary, new Write(17, MEGABYTE)))
          .hasMessageContaining("exceeds allowed maximum of 16777216 bytes");
    }
  }

  /** Why a query must never run in two processes: nothing stops the one that was overtaken. */
  @Test
  void overtakenProcess_isNotRefused() {
    try (TestSystem first = TestSystem.start(journal());
        TestSystem second = TestSystem.start(journal())) {
      ActorRef overtaken = first.diary("two-processes", true);
      first.ask(overtaken, new Write(1, 10));
      second.ask(second.diary("two-processes", true), new Write(1, 10));

      first.ask(overtaken, new Write(1, 10));
    }
  }
}

package io.vellamo.checks.journals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.persistence.journal.WriteConflicts;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queries on PostgreSQL. */
@ExtendWith(PostgreSqlExtension.class)
final class PostgreSqlJournalTest extends QueryJournalContract {
  private final PostgreSqlServer server;
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<Integer> counts = MemorySink.create();

  PostgreSqlJournalTest(PostgreSqlServer server) {
    super(TestedJournals.on(server));
    this.server = server;
  }

  @Test
  void query_startedInASecondProcess_endsInTheFirst() throws Exception {
    try (TestSystem first = TestSystem.start(journal());
        TestSystem second = TestSystem.start(journal())) {
      words.add("a");
      StreamingQuery overtaken = countWords(first);
      overtaken.processAllAvailable();
      StreamingQuery running = countWords(second);
      running.processAllAvailable();

      words.add("a");

      assertThatThrownBy(overtaken::awaitTermination)
          .isInstanceOf(StreamingQueryException.class)
          .hasStackTraceContaining("duplicate key value violates unique constraint")
          .satisfies(failure -> assertThat(WriteConflicts.isConflict(failure)).isTrue());
      running.processAllAvailable();
      assertThat(counts.rows()).containsExactly(1, 2);
    }
  }

  @Test
  void recordThatIsMissing_isRefused() throws Exception {
    assertMissingRecordIsRefused(
        (persistenceId, sequenceNr) ->
            server.execute(
                "DELETE FROM event_journal WHERE persistence_id = '%s' AND sequence_number = %d"
                    .formatted(persistenceId, sequenceNr)),
        "Records of [vellamo-shard|incomplete/0] must follow each other without a gap, expected"
            + " sequence number [2], found ");
  }

  @Test
  void journalUnderAnUnknownName_testedByANodeOfACluster_refusesASecondWrite() {
    String unnamed = "jdbc-journal.class = \"%s\"".formatted(UnnamedJdbcJournal.class.getName());

    assertThat(ClusterNode.check(journal(), unnamed)).isEmpty();
  }

  private StreamingQuery countWords(TestSystem system) {
    return system
        .vellamo()
        .query("second-process")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              int count = state.optional().orElse(0);
              while (events.hasNext()) {
                events.next();
                count++;
              }
              state.update(count);
              return List.of(count).iterator();
            })
        .to(counts)
        .start();
  }
}

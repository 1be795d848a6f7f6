package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigValueFactory;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.io.IOException;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.Test;

/** What a user sees of a journal that can't be written. */
final class JournalFailureTest {
  private static final String SHARD = "vellamo-shard|words/0";

  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<RunningCount.Count> rows = MemorySink.create();

  @Test
  void shard_thatCannotWriteAnEpochForAWhile_isStartedAgain_andTheQueryGoesOn() throws Exception {
    words.add("a", "b");
    try (TestSystem system = start("2m")) {
      failing(system, 2);
      StreamingQuery query = query(system);
      query.processAllAvailable();
      words.add("a");
      query.processAllAvailable();

      assertThat(query.exception()).isEmpty();
      assertThat(query.recentProgress()).hasSize(2);
    }
    assertThat(rows.rows())
        .containsExactlyInAnyOrder(
            RunningCount.count("a", 1), RunningCount.count("b", 1), RunningCount.count("a", 2));
  }

  @Test
  void shard_thatCannotWriteAnEpoch_endsTheQueryWithTheCause_ifItMustNotBeStartedAgain() {
    words.add("a");
    try (TestSystem system = start("0s")) {
      failing(system, 2);

      assertFails(system, "Query [words] failed in epoch [1]: [shard-0] failed");
    }
  }

  @Test
  void shard_thatCannotClaimItsJournal_endsTheQueryWithTheCause() {
    words.add("a");
    try (TestSystem system = start("2m")) {
      failing(system, 1);

      assertFails(system, "Query [words] failed: [shard-0] failed");
    }
  }

  private static TestSystem start(String giveUpAfter) {
    return TestSystem.start(
        PersistenceTestKitPlugin.config()
            .withValue("vellamo.query.shards", ConfigValueFactory.fromAnyRef(1))
            .withValue(
                "vellamo.query.shard-restart.give-up-after",
                ConfigValueFactory.fromAnyRef(giveUpAfter))
            .withValue(
                "vellamo.query.shard-restart.min-backoff", ConfigValueFactory.fromAnyRef("10ms"))
            .root()
            .render());
  }

  private static void failing(TestSystem system, int write) {
    PersistenceTestKit.create(system.testKit().system())
        .withPolicy(new FailingWrite(SHARD, write, new IOException("disk full")));
  }

  private StreamingQuery query(TestSystem system) {
    return system
        .vellamo()
        .query("words")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE, GroupStateTimeout.NONE, Integer.class, new RunningCount())
        .to(rows)
        .start();
  }

  private void assertFails(TestSystem system, String message) {
    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(query(system)::awaitTermination)
        .withMessageStartingWith(message)
        .havingRootCause()
        .withMessage("disk full");
  }
}

package io.vellamo.actors;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user sees of a journal that can't be written. */
final class JournalFailureTest {
  private final TestSystem system =
      TestSystem.start(
          PersistenceTestKitPlugin.config()
              .withValue("vellamo.query.shards", ConfigValueFactory.fromAnyRef(1))
              .root()
              .render());

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void shard_thatCannotWrite_endsTheQueryWithTheCause() {
    MemorySource<String> words = MemorySource.create();
    PersistenceTestKit journal = PersistenceTestKit.create(system.testKit().system());
    journal.failNextPersisted("vellamo-shard|words/0", new IOException("disk full"));
    words.add("a");

    StreamingQuery query =
        system
            .vellamo()
            .query("words")
            .from(words)
            .groupByKey(word -> word)
            .flatMapGroupsWithState(
                OutputMode.UPDATE, GroupStateTimeout.NONE, Integer.class, new RunningCount())
            .to(MemorySink.create())
            .start();

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(query::awaitTermination)
        .withMessageStartingWith("Query [words] failed in epoch [1]: [shard-0] failed")
        .havingRootCause()
        .withMessage("disk full");
  }
}

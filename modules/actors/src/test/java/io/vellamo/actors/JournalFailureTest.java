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
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.persistence.testkit.JournalOperation;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.ProcessingPolicy;
import org.apache.pekko.persistence.testkit.ProcessingResult;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.StorageFailure;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user sees of a journal that can't be written. */
final class JournalFailureTest {
  private static final String SHARD = "vellamo-shard|words/0";

  private final TestSystem system =
      TestSystem.start(
          PersistenceTestKitPlugin.config()
              .withValue("vellamo.query.shards", ConfigValueFactory.fromAnyRef(1))
              .root()
              .render());

  private final PersistenceTestKit journal = PersistenceTestKit.create(system.testKit().system());

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void shard_thatCannotWriteAnEpoch_endsTheQueryWithTheCause() {
    journal.withPolicy(new FailingWrite(SHARD, 2, new IOException("disk full")));

    assertFails("Query [words] failed in epoch [1]: [shard-0] failed");
  }

  @Test
  void shard_thatCannotClaimItsJournal_endsTheQueryWithTheCause() {
    journal.withPolicy(new FailingWrite(SHARD, 1, new IOException("disk full")));

    assertFails("Query [words] failed: [shard-0] failed");
  }

  private void assertFails(String message) {
    MemorySource<String> words = MemorySource.create();
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
        .withMessageStartingWith(message)
        .havingRootCause()
        .withMessage("disk full");
  }

  /** Fails one of the writes of an id. */
  private static final class FailingWrite implements ProcessingPolicy<JournalOperation> {
    private final String id;
    private final int failing;
    private final Exception failure;
    private final AtomicInteger writes = new AtomicInteger();

    FailingWrite(String id, int failing, Exception failure) {
      this.id = id;
      this.failing = failing;
      this.failure = failure;
    }

    @Override
    public ProcessingResult tryProcess(String writer, JournalOperation operation) {
      boolean fails =
          operation instanceof WriteEvents
              && writer.equals(id)
              && writes.incrementAndGet() == failing;
      return fails ? StorageFailure.create(failure) : ProcessingSuccess.getInstance();
    }
  }
}

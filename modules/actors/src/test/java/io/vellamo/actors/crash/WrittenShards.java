package io.vellamo.actors.crash;

import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.journal.EmbeddedReadJournal;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.stream.javadsl.Sink;

/** Looks into the journal for shards that hold the epoch that runs. */
final class WrittenShards {
  private static final int SHARDS = 4;

  private final ActorSystem<?> system;

  WrittenShards(ActorSystem<?> system) {
    this.system = system;
  }

  /** Waits until a shard, but surely not that of the calling group, holds the epoch that runs. */
  void awaitOne() {
    long planned = lastPlanned();
    while (!isHeldBySome(planned)) {
      Thread.onSpinWait();
    }
  }

  private long lastPlanned() {
    return records(PersistenceIds.query("crash")).stream()
        .filter(record -> record instanceof EpochPlanned)
        .mapToLong(record -> ((EpochPlanned) record).plan().epoch())
        .max()
        .orElseThrow();
  }

  private boolean isHeldBySome(long epoch) {
    for (int shard = 0; shard < SHARDS; shard++) {
      for (JournalRecord record : records(PersistenceIds.shard("crash", 0, shard))) {
        if (record instanceof ShardChanged changed && changed.change().epoch() == epoch) {
          return true;
        }
      }
    }
    return false;
  }

  private List<JournalRecord> records(PersistenceId id) {
    return PersistenceQuery.get(system)
        .getReadJournalFor(EmbeddedReadJournal.class, "vellamo.embedded-journal.read-journal")
        .currentEventsByPersistenceId(id.id(), 0, Long.MAX_VALUE)
        .<JournalRecord>map(envelope -> ((JournalEntry<?>) envelope.event()).record())
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .join();
  }
}

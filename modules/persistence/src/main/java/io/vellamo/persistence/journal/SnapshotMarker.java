package io.vellamo.persistence.journal;

import io.vellamo.persistence.journal.JournalRecord.SnapshotMark;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsFailure;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link SnapshotMark} into the snapshot store, and then removes what no recovery needs any
 * more: earlier marks and, unless history is kept, the records in front of it. Then it stops.
 *
 * <p>The snapshot itself is in the journal, in records no larger than others, so a store never has
 * to hold a shard in one piece, and a journal alone can be replayed. A behaviour could save a
 * snapshot only at its own last sequence number, and deletes only on a fixed count of records;
 * hence an actor of its own, which shares the persistence id but never writes a record.
 *
 * <p><b>Failure</b> Is logged and costs room only: recovery begins at the mark before, and the next
 * snapshot tries again.
 */
public abstract class SnapshotMarker extends AbstractPersistentActor {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotMarker.class);

  private final long sequenceNr;
  private final boolean keepsHistory;

  private SnapshotMarker(long sequenceNr, boolean keepsHistory) {
    this.sequenceNr = sequenceNr;
    this.keepsHistory = keepsHistory;
  }

  /**
   * Returns how such an actor is started.
   *
   * @param id whose snapshot is complete
   * @param journal where it is
   * @param sequenceNr the record after which a recovery begins
   */
  public static Props props(PersistenceId id, JournalOptions journal, long sequenceNr) {
    // Ids are asked for by Pekko's constructor, when fields have no values yet: what an anonymous
    // class captures has.
    return Props.create(
        SnapshotMarker.class,
        () ->
            new SnapshotMarker(sequenceNr, journal.keepsHistory()) {
              @Override
              public String persistenceId() {
                return id.id();
              }

              @Override
              public String journalPluginId() {
                return journal.plugin();
              }

              @Override
              public String snapshotPluginId() {
                return journal.snapshotPlugin();
              }
            });
  }

  @Override
  public long snapshotSequenceNr() {
    return sequenceNr;
  }

  @Override
  public Recovery recovery() {
    return Recovery.none();
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(RecoveryCompleted.class, ready -> saveSnapshot(new SnapshotMark(sequenceNr)))
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(SaveSnapshotSuccess.class, saved -> removeEarlierMarks())
        .match(DeleteSnapshotsSuccess.class, deleted -> truncate())
        .match(DeleteMessagesSuccess.class, deleted -> getContext().stop(getSelf()))
        .match(SaveSnapshotFailure.class, failure -> failed("save the mark", failure.cause()))
        .match(
            DeleteSnapshotsFailure.class,
            failure -> failed("delete earlier marks", failure.cause()))
        .match(
            DeleteMessagesFailure.class, failure -> failed("truncate the journal", failure.cause()))
        .build();
  }

  private void removeEarlierMarks() {
    deleteSnapshots(SnapshotSelectionCriteria.create(sequenceNr - 1, Long.MAX_VALUE));
  }

  private void truncate() {
    if (keepsHistory) {
      getContext().stop(getSelf());
    } else {
      deleteMessages(sequenceNr);
    }
  }

  private void failed(String doing, Throwable cause) {
    LOG.warn(
        "Snapshot of [{}] at sequence number [{}] could not {}; the journal stays longer than it"
            + " needs to be until the next snapshot",
        persistenceId(),
        sequenceNr,
        doing,
        cause);
    getContext().stop(getSelf());
  }
}

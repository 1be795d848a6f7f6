package io.vellamo.persistence.journal;

import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
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
 * An actor that puts a {@link SnapshotMark} into the snapshot store, removes everything that
 * recovery no longer needs, and stops. It removes earlier marks and, unless history is kept, the
 * records before the preceding snapshot.
 *
 * <p>The records from the preceding snapshot on stay, as a reader that has begun there, such as a
 * run that has been replaced and does not know it yet, would otherwise find a gap.
 *
 * <p>The snapshot itself is in the journal, in records no larger than others, so that a store never
 * has to hold a shard in one piece, and the journal alone can be replayed. An event-sourced
 * behaviour can save a snapshot only at its own last sequence number, and delete only by a fixed
 * number of records; hence this separate actor, which shares the persistence id but never writes a
 * record.
 *
 * <p><b>Failure</b> A failure is logged and costs only space: without the new mark, recovery begins
 * at the previous one. The next snapshot tries again.
 */
public abstract class SnapshotMarker extends AbstractPersistentActor {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotMarker.class);

  private final long sequenceNr;
  private final long deletedThrough;

  private SnapshotMarker(long sequenceNr, long deletedThrough) {
    this.sequenceNr = sequenceNr;
    this.deletedThrough = deletedThrough;
  }

  /**
   * Returns the props of the actor.
   *
   * @param id the owner of the complete snapshot
   * @param journal the journal that holds the snapshot
   * @param sequenceNr the record after which a recovery begins
   * @param before the record after which the preceding snapshot begins; 0 if there is none
   */
  public static Props props(
      PersistenceId id, JournalOptions journal, long sequenceNr, long before) {
    // Pekko's constructor asks for the ids before fields have values, but after captured variables
    // of an anonymous class have theirs.
    return Props.create(
        SnapshotMarker.class,
        () ->
            new SnapshotMarker(sequenceNr, journal.keepsHistory() ? 0 : before) {
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
    if (deletedThrough == 0) {
      getContext().stop(getSelf());
    } else {
      deleteMessages(deletedThrough);
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

package io.vellamo.replay;

import io.vellamo.persistence.journal.JournalOptions;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsFailure;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.PersistenceId;
import scala.Option;

/** An actor that removes all records and snapshots of an id from a journal, and stops. */
abstract class JournalEraser extends AbstractPersistentActor {
  private final CompletableFuture<Done> result;

  private JournalEraser(CompletableFuture<Done> result) {
    this.result = result;
  }

  /**
   * Returns the props of the actor.
   *
   * @param id the owner of the records
   * @param journal the journal's plugins
   * @param result completed once they are removed
   */
  static Props props(PersistenceId id, JournalOptions journal, CompletableFuture<Done> result) {
    // As in SnapshotMarker: Pekko's constructor asks for the ids.
    return Props.create(
        JournalEraser.class,
        () ->
            new JournalEraser(result) {
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
  public Recovery recovery() {
    return Recovery.none();
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder().match(RecoveryCompleted.class, ready -> begin()).build();
  }

  private void begin() {
    if (lastSequenceNr() == 0) {
      end();
    } else {
      deleteSnapshots(SnapshotSelectionCriteria.latest());
    }
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(DeleteSnapshotsSuccess.class, deleted -> deleteMessages(lastSequenceNr()))
        .match(DeleteMessagesSuccess.class, deleted -> end())
        .match(DeleteSnapshotsFailure.class, failure -> failed(failure.cause()))
        .match(DeleteMessagesFailure.class, failure -> failed(failure.cause()))
        .build();
  }

  private void end() {
    result.complete(Done.getInstance());
    getContext().stop(getSelf());
  }

  private void failed(Throwable cause) {
    result.completeExceptionally(cause);
    getContext().stop(getSelf());
  }

  @Override
  public void onRecoveryFailure(Throwable cause, Option<Object> event) {
    result.completeExceptionally(cause);
  }

  @Override
  public void postStop() {
    result.completeExceptionally(
        new IllegalStateException(
            "The records of [%s] must be removed, the journal has not answered"
                .formatted(persistenceId())));
  }
}

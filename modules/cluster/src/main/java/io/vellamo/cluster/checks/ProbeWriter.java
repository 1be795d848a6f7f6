package io.vellamo.cluster.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * A writer of a throw-away log in the journal under test. A classic actor: typed ones neither write
 * after a refused write nor delete all their events.
 */
final class ProbeWriter extends AbstractPersistentActor {
  /**
   * A log as a writer has recovered it.
   *
   * @param lastNumber the number of the last event; 0 if there is none
   * @param events the events in the order of the log
   */
  record Recovered(long lastNumber, List<Event> events) {
    Recovered {
      events = List.copyOf(events);
    }
  }

  /** An event with its number. */
  record Event(long number, String text) {}

  /**
   * Writes an event.
   *
   * @param text the event
   * @param outcome completes with null if it is written, otherwise with the failure
   */
  record Write(String text, CompletableFuture<@Nullable Throwable> outcome)
      implements NoSerializationVerificationNeeded {}

  /**
   * Deletes the log.
   *
   * @param deleted completes when that is done or has failed
   */
  record Delete(CompletableFuture<Void> deleted) implements NoSerializationVerificationNeeded {}

  /**
   * The log to write.
   *
   * @param journal the journal's plugin id
   * @param snapshots the snapshot store's plugin id, which is never used
   * @param id the persistence id
   */
  record Log(String journal, String snapshots, String id) {}

  private final CompletableFuture<Recovered> recovered;
  private final List<Event> events = new ArrayList<>();
  // Set while an event is being written.
  private @Nullable Write write;
  // Set while the log is being deleted.
  private @Nullable Delete deletion;

  /** Creates a writer; called by Pekko with the arguments of {@link #props}. */
  @SuppressWarnings("unused") // log is read from the arguments
  ProbeWriter(Log log, CompletableFuture<Recovered> recovered) {
    this.recovered = recovered;
  }

  /**
   * Returns the properties of a writer.
   *
   * @param log the log to write
   * @param recovered completes when the writer has recovered, or could not
   */
  static Props props(Log log, CompletableFuture<Recovered> recovered) {
    return Props.create(ProbeWriter.class, log, recovered);
  }

  /** Returns the log, from the arguments: Pekko reads it before the fields are set. */
  private Log log() {
    return (Log) context().props().args().head();
  }

  @Override
  public String persistenceId() {
    return log().id;
  }

  @Override
  public String journalPluginId() {
    return log().journal;
  }

  @Override
  public String snapshotPluginId() {
    return log().snapshots;
  }

  @Override
  public Recovery recovery() {
    return Recovery.create(SnapshotSelectionCriteria.none());
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(String.class, text -> events.add(new Event(lastSequenceNr(), text)))
        .match(
            RecoveryCompleted.class,
            completed -> recovered.complete(new Recovered(lastSequenceNr(), events)))
        .build();
  }

  @Override
  public void onRecoveryFailure(Throwable cause, Option<Object> event) {
    recovered.completeExceptionally(cause);
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Write.class, this::onWrite)
        .match(Delete.class, this::onDelete)
        .match(DeleteMessagesSuccess.class, done -> onDeleted())
        .match(DeleteMessagesFailure.class, failure -> onDeleted())
        .build();
  }

  private void onWrite(Write begun) {
    write = begun;
    persist(begun.text, text -> begun.outcome.complete(null));
  }

  @Override
  public void onPersistFailure(Throwable cause, Object event, long number) {
    onRefused(cause);
  }

  @Override
  public void onPersistRejected(Throwable cause, Object event, long number) {
    onRefused(cause);
  }

  private void onRefused(Throwable cause) {
    if (write != null) {
      write.outcome.complete(cause);
    }
  }

  private void onDelete(Delete delete) {
    deletion = delete;
    deleteMessages(lastSequenceNr());
  }

  private void onDeleted() {
    if (deletion != null) {
      deletion.deleted.complete(null);
    }
  }
}

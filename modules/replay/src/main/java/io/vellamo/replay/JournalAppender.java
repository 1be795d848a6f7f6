package io.vellamo.replay;

import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.persistence.journal.JournalOptions;
import io.vellamo.persistence.journal.RecordSequence;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SnapshotOffer;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * An actor that appends records to a journal outside a query, after it has read what the journal
 * holds. If another process has appended in the meantime, the journal refuses the records.
 */
abstract class JournalAppender extends AbstractPersistentActor {
  /** A request to append records in one atomic write; answered once they are durable. */
  private record Append(List<? extends JournalRecord> records, CompletableFuture<Done> answer) {}

  private final RecordSequence sequence;
  private final Consumer<JournalRecord> recovered;
  private final CompletableFuture<Done> opened;
  private @Nullable Append running;
  private int acknowledged;

  private JournalAppender(
      PersistenceId id, Consumer<JournalRecord> recovered, CompletableFuture<Done> opened) {
    this.sequence = new RecordSequence(id);
    this.recovered = recovered;
    this.opened = opened;
  }

  /**
   * Returns the props of the actor.
   *
   * @param id the owner of the journal
   * @param journal the journal's plugins
   * @param recovered gets the records that a recovery reads
   * @param opened completed once they are read
   */
  static Props props(
      PersistenceId id,
      JournalOptions journal,
      Consumer<JournalRecord> recovered,
      CompletableFuture<Done> opened) {
    // As in SnapshotMarker: Pekko's constructor asks for the ids.
    return Props.create(
        JournalAppender.class,
        () ->
            new JournalAppender(id, recovered, opened) {
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

  /** Appends records in one atomic write. */
  static CompletionStage<Done> append(ActorRef appender, List<? extends JournalRecord> records) {
    CompletableFuture<Done> answer = new CompletableFuture<>();
    appender.tell(new Append(records, answer), ActorRef.noSender());
    return answer;
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(SnapshotOffer.class, offer -> sequence.beginAfter((SnapshotMark) offer.snapshot()))
        .match(JournalEntry.class, this::recover)
        .match(RecoveryCompleted.class, completed -> recoveryEnded())
        .build();
  }

  private void recover(JournalEntry<?> entry) {
    sequence.next(lastSequenceNr(), entry);
    recovered.accept(entry.record());
  }

  private void recoveryEnded() {
    sequence.recovered(lastSequenceNr());
    opened.complete(Done.getInstance());
  }

  @Override
  public void onRecoveryFailure(Throwable cause, Option<Object> event) {
    opened.completeExceptionally(cause);
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder().match(Append.class, this::append).build();
  }

  private void append(Append next) {
    running = next;
    acknowledged = 0;
    persistAll(
        sequence.toWrite(lastSequenceNr(), next.records()),
        entry -> {
          acknowledged++;
          if (acknowledged == next.records().size()) {
            next.answer().complete(Done.getInstance());
          }
        });
  }

  @Override
  public void onPersistFailure(Throwable cause, Object event, long sequenceNr) {
    Objects.requireNonNull(running, "running").answer().completeExceptionally(cause);
  }

  @Override
  public void onPersistRejected(Throwable cause, Object event, long sequenceNr) {
    Objects.requireNonNull(running, "running").answer().completeExceptionally(cause);
  }

  /** Fails what waits: a persistent actor stops after a failed write. */
  @Override
  public void postStop() {
    IllegalStateException stopped =
        new IllegalStateException(
            "The writer of [%s] must be open, has stopped".formatted(persistenceId()));
    opened.completeExceptionally(stopped);
    if (running != null) {
      running.answer().completeExceptionally(stopped);
    }
  }
}

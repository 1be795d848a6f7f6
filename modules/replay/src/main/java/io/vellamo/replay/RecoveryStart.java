package io.vellamo.replay;

import io.vellamo.persistence.journal.JournalOptions;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SnapshotOffer;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.PersistenceId;
import scala.Option;

/**
 * An actor that asks the snapshot store for the start of a shard's recovery. Pekko offers snapshots
 * only to persistent actors: this one recovers no record, writes none, and stops.
 */
abstract class RecoveryStart extends AbstractPersistentActor {
  private final CompletableFuture<Long> result;
  private long start;

  private RecoveryStart(CompletableFuture<Long> result) {
    this.result = result;
  }

  /**
   * Returns the sequence number of the record after which a recovery of an id begins; 0 if it
   * begins with the first record.
   */
  static CompletionStage<Long> of(ActorSystem<?> system, JournalOptions journal, PersistenceId id) {
    CompletableFuture<Long> result = new CompletableFuture<>();
    Behavior<Void> parent =
        Behaviors.setup(
            context -> {
              Adapter.watch(context, Adapter.actorOf(context, props(id, journal, result)));
              return Behaviors.receive(Void.class)
                  .onSignal(Terminated.class, ended -> Behaviors.stopped())
                  .build();
            });
    system.systemActorOf(
        parent,
        "vellamo-recovery-start-" + UUID.randomUUID(),
        org.apache.pekko.actor.typed.Props.empty());
    return result;
  }

  private static Props props(
      PersistenceId id, JournalOptions journal, CompletableFuture<Long> result) {
    // As in SnapshotMarker: Pekko's constructor asks for the ids.
    return Props.create(
        RecoveryStart.class,
        () ->
            new RecoveryStart(result) {
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
    return Recovery.create(SnapshotSelectionCriteria.latest(), Long.MAX_VALUE, 0);
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(SnapshotOffer.class, found -> start = found.metadata().sequenceNr())
        .match(RecoveryCompleted.class, ready -> complete())
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder().build();
  }

  @Override
  public void onRecoveryFailure(Throwable cause, Option<Object> event) {
    result.completeExceptionally(cause);
  }

  private void complete() {
    result.complete(start);
    getContext().stop(getSelf());
  }
}

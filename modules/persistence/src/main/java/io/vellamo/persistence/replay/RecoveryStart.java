package io.vellamo.persistence.replay;

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
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Asks the snapshot store where the recovery of a shard would begin. Pekko offers snapshots to
 * persistent actors only: this one recovers no record, writes none, and stops.
 */
abstract class RecoveryStart extends AbstractPersistentActor {
  /**
   * Where a recovery begins.
   *
   * @param sequenceNr the record after which it does; 0 for the first
   * @param offered what the snapshot store holds; null for nothing
   */
  record Offer(long sequenceNr, @Nullable Object offered) {
    static final Offer NONE = new Offer(0, null);
  }

  private final CompletableFuture<Offer> result;
  private Offer offer = Offer.NONE;

  private RecoveryStart(CompletableFuture<Offer> result) {
    this.result = result;
  }

  /** Returns where the recovery of an id would begin now. */
  static CompletionStage<Offer> of(
      ActorSystem<?> system, JournalOptions journal, PersistenceId id) {
    CompletableFuture<Offer> result = new CompletableFuture<>();
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
      PersistenceId id, JournalOptions journal, CompletableFuture<Offer> result) {
    // As in SnapshotMarker: ids are asked for by Pekko's constructor.
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
        .match(
            SnapshotOffer.class,
            found -> offer = new Offer(found.metadata().sequenceNr(), found.snapshot()))
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
    result.complete(offer);
    getContext().stop(getSelf());
  }
}

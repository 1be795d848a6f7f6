package io.vellamo.actors.inbox;

import io.vellamo.engine.inbox.InboxEffects;
import io.vellamo.engine.inbox.InboxEvents;
import io.vellamo.engine.inbox.InboxMachine;
import io.vellamo.engine.journal.InboxRecord;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.persistence.journal.RecordSequence;
import io.vellamo.persistence.journal.SnapshotMarkAdapter;
import io.vellamo.persistence.journal.SnapshotMarker;
import io.vellamo.persistence.journal.Unpublished;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The actor of an inbox, a shell around its {@link InboxMachine}: it journals what the machine
 * persists, and carries out its other effects.
 *
 * <p>Messages do not go through its mailbox, where each would be written by itself: they wait among
 * the offers, and the actor is told once.
 *
 * <p><b>Failure</b> A failed write stops the actor and discards its memory.
 */
final class InboxActor
    extends EventSourcedBehavior<InboxCommand, JournalEntry<InboxRecord>, InboxMachine>
    implements InboxEffects {
  private final ActorContext<InboxCommand> context;
  private final InboxSpec spec;
  private final CompletableFuture<InboxEvents> opened;
  private final InboxMachine machine;
  private final RecordSequence sequence;
  // What the next write takes.
  private List<InboxRecord> records = List.of();

  private InboxActor(
      ActorContext<InboxCommand> context, InboxSpec spec, CompletableFuture<InboxEvents> opened) {
    super(spec.id());
    this.context = context;
    this.spec = spec;
    this.opened = opened;
    this.machine = new InboxMachine(spec.limits(), this);
    this.sequence = new RecordSequence(spec.id());
  }

  /**
   * Creates the actor, which reads its journal first.
   *
   * @param opened completes when the inbox is open
   */
  static Behavior<InboxCommand> create(InboxSpec spec, CompletableFuture<InboxEvents> opened) {
    return Behaviors.setup(context -> Unpublished.of(new InboxActor(context, spec, opened)));
  }

  @Override
  public String journalPluginId() {
    return spec.journal().plugin();
  }

  @Override
  public String snapshotPluginId() {
    return spec.journal().snapshotPlugin();
  }

  /** Returns no bound, as nothing may be dropped; only a few messages can wait. */
  @Override
  public Optional<Integer> stashCapacity() {
    return Optional.of(Integer.MAX_VALUE);
  }

  @Override
  public InboxMachine emptyState() {
    return machine;
  }

  @Override
  public EventHandler<InboxMachine, JournalEntry<InboxRecord>> eventHandler() {
    return (known, entry) -> {
      if (sequence.isRecovering()) {
        sequence.next(lastSequenceNumber(context), entry);
        machine.recover(entry.record());
      }
      return machine;
    };
  }

  @Override
  public SnapshotAdapter<InboxMachine> snapshotAdapter() {
    return new SnapshotMarkAdapter<>(sequence, machine);
  }

  @Override
  public SignalHandler<InboxMachine> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), known -> recovered(lastSequenceNumber(context)))
        .build();
  }

  private void recovered(long last) {
    sequence.recovered(last);
    machine.recovered(spec.incarnation(), spec.committed(), last);
    context.getSelf().tell(InboxCommand.WriteNext.INSTANCE);
  }

  @Override
  public CommandHandler<InboxCommand, JournalEntry<InboxRecord>, InboxMachine> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(InboxCommand.Arrived.class, (known, arrived) -> onArrived())
        .onCommand(InboxCommand.Committed.class, (known, committed) -> onCommitted(committed))
        .onCommand(InboxCommand.WriteNext.class, (known, next) -> write())
        .onCommand(InboxCommand.Stop.class, (known, stop) -> Effect().stop())
        .build();
  }

  private Effect<JournalEntry<InboxRecord>, InboxMachine> onArrived() {
    machine.offer(spec.offers().takeAll());
    return write();
  }

  private Effect<JournalEntry<InboxRecord>, InboxMachine> onCommitted(
      InboxCommand.Committed committed) {
    machine.committed(committed.offset());
    return write();
  }

  /** Persists the machine's pending records, if any, in one atomic write. */
  private Effect<JournalEntry<InboxRecord>, InboxMachine> write() {
    if (records.isEmpty()) {
      return Effect().none();
    }
    List<InboxRecord> next = records;
    records = List.of();
    long before = lastSequenceNumber(context);
    return Effect()
        .persist(sequence.toWrite(before, next))
        .thenRun(known -> journaled(before + next.size()));
  }

  private void journaled(long last) {
    machine.journaled(last);
    if (!records.isEmpty()) {
      // Pekko persists only what the handling of a message returns.
      context.getSelf().tell(InboxCommand.WriteNext.INSTANCE);
    }
  }

  @Override
  public void persist(List<InboxRecord> next) {
    records = next;
  }

  @Override
  public void opened() {
    opened.complete(machine.events());
  }

  @Override
  public void answer(List<Long> stored, List<Long> duplicates) {
    spec.offers().answer(stored, duplicates, spec.callbacks());
  }

  @Override
  public void signal() {
    spec.signal().run();
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    Adapter.actorOf(context, SnapshotMarker.props(spec.id(), spec.journal(), beginsAfter, before));
  }
}

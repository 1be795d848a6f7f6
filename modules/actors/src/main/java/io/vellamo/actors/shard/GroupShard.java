package io.vellamo.actors.shard;

import io.vellamo.actors.shard.ShardMessage.CallDue;
import io.vellamo.actors.shard.ShardMessage.SnapshotDue;
import io.vellamo.actors.shard.ShardMessage.Stepped;
import io.vellamo.actors.shard.ShardMessage.WriteNext;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.protocol.shard.ShardInput;
import io.vellamo.engine.protocol.shard.ShardMachine;
import io.vellamo.persistence.journal.RecordSequence;
import io.vellamo.persistence.journal.SnapshotMarkAdapter;
import io.vellamo.persistence.journal.Unpublished;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The actor of a shard, a shell around its {@link ShardMachine}: it turns messages into the
 * machine's inputs, journals what the machine persists, and carries out its other effects.
 *
 * <p>The state that Pekko knows is the machine. Its event handler applies records only while the
 * shard recovers; afterwards, the machine does so itself once the journal has acknowledged them.
 *
 * <p><b>Failure</b> A failed write stops the shard and discards its memory.
 */
public final class GroupShard
    extends EventSourcedBehavior<ShardMessage, JournalEntry<ShardRecord>, ShardMachine> {
  private final ShardConfig config;
  private final ActorContext<ShardMessage> context;
  private final ShardMachine machine;
  private final ActorEffects effects;
  private final RecordSequence sequence;

  private GroupShard(ActorContext<ShardMessage> context, ShardConfig config) {
    super(config.id());
    this.config = config;
    this.context = context;
    this.machine = new ShardMachine(config.spec());
    this.effects = new ActorEffects(context, config, machine);
    this.sequence = new RecordSequence(persistenceId());
  }

  /** Creates a shard. */
  public static Behavior<ShardCommand> create(ShardConfig config) {
    return Behaviors.<ShardMessage>setup(context -> Unpublished.of(new GroupShard(context, config)))
        .narrow();
  }

  @Override
  public String journalPluginId() {
    return config.journal().plugin();
  }

  @Override
  public String snapshotPluginId() {
    return config.journal().snapshotPlugin();
  }

  /**
   * Returns no bound for the messages that wait for a write, as nothing may be dropped: the machine
   * bounds what waits for longer.
   */
  @Override
  public Optional<Integer> stashCapacity() {
    return Optional.of(Integer.MAX_VALUE);
  }

  @Override
  public SignalHandler<ShardMachine> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), known -> recovered(lastSequenceNumber(context)))
        .build();
  }

  private void recovered(long lastSequenceNr) {
    sequence.recovered(lastSequenceNr);
    give(new ShardInput.Recovered(lastSequenceNr));
  }

  @Override
  public ShardMachine emptyState() {
    return machine;
  }

  @Override
  public EventHandler<ShardMachine, JournalEntry<ShardRecord>> eventHandler() {
    return (known, entry) -> {
      if (sequence.isRecovering()) {
        sequence.next(lastSequenceNumber(context), entry);
        machine.recover(entry.record());
      }
      return machine;
    };
  }

  @Override
  public SnapshotAdapter<ShardMachine> snapshotAdapter() {
    return new SnapshotMarkAdapter<>(sequence, machine);
  }

  @Override
  public CommandHandler<ShardMessage, JournalEntry<ShardRecord>, ShardMachine> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(ShardCommand.Request.class, (known, command) -> onRequest(command))
        .onCommand(ShardCommand.RunEpoch.class, (known, command) -> onRunEpoch(command))
        .onCommand(Stepped.class, (known, stepped) -> on(new ShardInput.Called(stepped.results())))
        .onCommand(CallDue.class, (known, due) -> on(new ShardInput.CallDue(due.epoch())))
        .onCommand(SnapshotDue.class, (known, due) -> on(ShardInput.SnapshotDue.INSTANCE))
        .onCommand(WriteNext.class, (known, next) -> write())
        .build();
  }

  private Effect<JournalEntry<ShardRecord>, ShardMachine> onRequest(ShardCommand.Request command) {
    long replyTo = effects.remember(command.replyTo());
    return on(new ShardInput.Requested(command.request(), replyTo));
  }

  private Effect<JournalEntry<ShardRecord>, ShardMachine> onRunEpoch(
      ShardCommand.RunEpoch command) {
    long replyTo = effects.remember(command.replyTo());
    return on(new ShardInput.RunRequested(command.request(), command.input(), replyTo));
  }

  private Effect<JournalEntry<ShardRecord>, ShardMachine> on(ShardInput input) {
    give(input);
    return write();
  }

  private void give(ShardInput input) {
    machine.on(input, config.clock().monotonicNanos(), effects);
  }

  /** Persists the machine's pending records, if any, in one atomic write. */
  private Effect<JournalEntry<ShardRecord>, ShardMachine> write() {
    List<ShardRecord> records = effects.takeRecords();
    if (records.isEmpty()) {
      return Effect().none();
    }
    long before = lastSequenceNumber(context);
    return Effect()
        .persist(sequence.toWrite(before, records))
        .thenRun(known -> journaled(before + records.size()));
  }

  private void journaled(long lastSequenceNr) {
    give(new ShardInput.Journaled(lastSequenceNr));
    if (effects.hasRecords()) {
      // Pekko persists only what the handling of a message returns.
      context.getSelf().tell(WriteNext.INSTANCE);
    }
  }
}

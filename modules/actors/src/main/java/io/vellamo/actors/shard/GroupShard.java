package io.vellamo.actors.shard;

import io.vellamo.actors.shard.ShardCommand.Open;
import io.vellamo.actors.shard.ShardCommand.RunEpoch;
import io.vellamo.actors.shard.ShardCommand.Stepped;
import io.vellamo.actors.shard.ShardFailure.EventPosition;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StoredRow;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.persistence.journal.JournalRecord.ShardChanged;
import io.vellamo.persistence.journal.JournalRecord.ShardRecord;
import io.vellamo.persistence.journal.JournalRecord.ShardSnapshot;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.SnapshotCompleted;
import org.apache.pekko.persistence.typed.SnapshotFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * A set of groups that persist and recover together: runs its part of an epoch, writes everything
 * the epoch changed at once, and answers.
 *
 * <p><b>Order</b> One epoch at a time; the coordinator waits for the answer.
 *
 * <p><b>Failure</b> A group that throws fails the epoch for the whole shard, which then holds
 * nothing of it. A write that fails stops the shard, and with it everything it had in memory; the
 * ledger is changed in place only because of that.
 */
public final class GroupShard extends EventSourcedBehavior<ShardCommand, ShardRecord, ShardLedger> {
  private final ShardConfig config;
  private final GroupHost host;

  // Only while an epoch runs.
  private @Nullable ShardEpoch running;

  private GroupShard(ActorContext<ShardCommand> context, ShardConfig config) {
    super(PersistenceIds.shard(config.query(), config.index()));
    this.config = config;
    this.host =
        new ActorGroupHost(
            context,
            new GroupStep<>(config.operator()),
            config.maxActiveGroups(),
            DispatcherSelector.fromConfig(config.dispatcher()));
  }

  /** Creates a shard. */
  public static Behavior<ShardCommand> create(ShardConfig config) {
    return Behaviors.setup(context -> new GroupShard(context, config));
  }

  @Override
  public String journalPluginId() {
    return config.journalPlugin();
  }

  @Override
  public String snapshotPluginId() {
    return config.snapshotPlugin();
  }

  @Override
  public ShardLedger emptyState() {
    return new ShardLedger(config.operator().timeout());
  }

  @Override
  public CommandHandler<ShardCommand, ShardRecord, ShardLedger> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Open.class, this::onOpen)
        .onCommand(RunEpoch.class, this::onRunEpoch)
        .onCommand(Stepped.class, this::onStepped)
        .build();
  }

  @Override
  public EventHandler<ShardLedger, ShardRecord> eventHandler() {
    return (ledger, record) -> {
      ledger.apply(((ShardChanged) record).change());
      return ledger;
    };
  }

  @Override
  public SignalHandler<ShardLedger> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(SnapshotCompleted.class, (ledger, signal) -> ledger.snapshotTaken())
        .onSignal(SnapshotFailed.class, (ledger, signal) -> ledger.snapshotTaken())
        .build();
  }

  @Override
  public boolean shouldSnapshot(ShardLedger ledger, ShardRecord record, long sequenceNr) {
    return ledger.isSnapshotDue(config.leastSnapshotBytes());
  }

  @Override
  public SnapshotAdapter<ShardLedger> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(ShardLedger ledger) {
        return new ShardSnapshot(
            ledger.incarnation(), ledger.lastEpoch(), ledger.lastRows(), ledger.groups());
      }

      @Override
      public ShardLedger fromJournal(Object from) {
        ShardSnapshot snapshot = (ShardSnapshot) from;
        ShardLedger ledger = emptyState();
        ledger.restore(snapshot.incarnation(), snapshot.lastEpoch(), snapshot.lastRows());
        snapshot.groups().forEach(ledger::restore);
        return ledger;
      }
    };
  }

  private Effect<ShardRecord, ShardLedger> onOpen(ShardLedger ledger, Open open) {
    if (open.incarnation() < ledger.incarnation()) {
      open.replyTo().tell(fenced(ledger, open.incarnation()));
    } else {
      ledger.fence(open.incarnation());
      open.replyTo()
          .tell(new ShardReply.Opened(config.index(), ledger.nextDue(), ledger.groups().size()));
    }
    return Effect().none();
  }

  private Effect<ShardRecord, ShardLedger> onRunEpoch(ShardLedger ledger, RunEpoch request) {
    long epoch = request.times().epoch();
    if (request.incarnation() < ledger.incarnation()) {
      request.replyTo().tell(fenced(ledger, request.incarnation()));
      return Effect().none();
    }
    if (epoch < ledger.lastEpoch()) {
      request.replyTo().tell(ahead(ledger, epoch));
      return Effect().none();
    }
    if (epoch == ledger.lastEpoch()) {
      request.replyTo().tell(answerFromMemory(ledger));
      return Effect().none();
    }
    ShardEpoch started = new ShardEpoch(request);
    running = started;
    List<GroupCall> calls = started.eventCalls(ledger);
    if (calls.isEmpty()) {
      return afterEvents(ledger, started);
    }
    host.call(calls, request.times());
    return Effect().none();
  }

  private Effect<ShardRecord, ShardLedger> onStepped(ShardLedger ledger, Stepped stepped) {
    ShardEpoch epoch = Objects.requireNonNull(running, "running");
    StepResult.Threw threw = epoch.take(stepped.results());
    if (threw != null) {
      running = null;
      epoch.request().replyTo().tell(new ShardReply.Failed(config.index(), failure(threw)));
      return Effect().none();
    }
    return epoch.endEvents() ? fireTimeouts(ledger, epoch) : finish(ledger, epoch);
  }

  private Effect<ShardRecord, ShardLedger> afterEvents(ShardLedger ledger, ShardEpoch epoch) {
    epoch.endEvents();
    return fireTimeouts(ledger, epoch);
  }

  private Effect<ShardRecord, ShardLedger> fireTimeouts(ShardLedger ledger, ShardEpoch epoch) {
    List<GroupCall> calls = epoch.timeoutCalls(ledger);
    if (calls.isEmpty()) {
      return finish(ledger, epoch);
    }
    host.call(calls, epoch.request().times());
    return Effect().none();
  }

  private Effect<ShardRecord, ShardLedger> finish(ShardLedger ledger, ShardEpoch epoch) {
    running = null;
    ShardChange change = epoch.change();
    if (change.groups().isEmpty()) {
      epoch.request().replyTo().tell(epoch.done(config.index(), ledger));
      return Effect().none();
    }
    return Effect()
        .persist(new ShardChanged(change))
        .thenRun(
            written -> {
              host.epochEnded(change.groups());
              epoch.request().replyTo().tell(epoch.done(config.index(), written));
            });
  }

  private ShardReply answerFromMemory(ShardLedger ledger) {
    List<Object> rows = new ArrayList<>(ledger.lastRows().size());
    for (StoredRow row : ledger.lastRows()) {
      rows.add(config.operator().rowCodec().read(row));
    }
    return new ShardReply.Done(
        config.index(), ledger.lastEpoch(), rows, ledger.nextDue(), ledger.groups().size(), 0, 0);
  }

  private ShardFailure failure(StepResult.Threw threw) {
    GroupBatch<Object> batch = threw.call().batch();
    EventPosition position =
        batch == null ? null : new EventPosition(batch.currentRange(), batch.currentOffset());
    Object key = config.operator().keyCodec().read(threw.call().key());
    String message =
        "the function threw [%s] for group [%s]".formatted(threw.cause().getClass().getName(), key);
    return new ShardFailure(message, position, threw.cause());
  }

  private ShardReply fenced(ShardLedger ledger, long incarnation) {
    String message =
        "shard [%d] belongs to run [%d] of the query, run [%d] must not write to it any more; another start of the query has taken over"
            .formatted(config.index(), ledger.incarnation(), incarnation);
    return new ShardReply.Failed(config.index(), new ShardFailure(message, null, null));
  }

  private ShardReply ahead(ShardLedger ledger, long epoch) {
    String message =
        "shard [%d] must not be ahead of its query, it holds epoch [%d] and was asked for [%d]; query and shards must use the same journal, restore them together"
            .formatted(config.index(), ledger.lastEpoch(), epoch);
    return new ShardReply.Failed(config.index(), new ShardFailure(message, null, null));
  }
}

package io.vellamo.actors.shard;

import io.vellamo.actors.shard.ShardCommand.CallAgain;
import io.vellamo.actors.shard.ShardCommand.Digest;
import io.vellamo.actors.shard.ShardCommand.Open;
import io.vellamo.actors.shard.ShardCommand.RequestParks;
import io.vellamo.actors.shard.ShardCommand.RunEpoch;
import io.vellamo.actors.shard.ShardCommand.Snapshot;
import io.vellamo.actors.shard.ShardCommand.Stepped;
import io.vellamo.actors.shard.ShardCommand.TellParked;
import io.vellamo.actors.shard.ShardCommand.WriteNext;
import io.vellamo.api.SerializationException;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.ShardRecovery;
import io.vellamo.engine.journal.ShardWrites;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochEffects;
import io.vellamo.engine.shard.FailedCalls;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.persistence.journal.RecordSequence;
import io.vellamo.persistence.journal.SnapshotMarker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * A set of groups that persist and recover together. It runs its part of an epoch, writes all
 * changes of the epoch or none, and replies.
 *
 * <p><b>Order</b> One epoch at a time; the coordinator waits for the answer.
 *
 * <p><b>Failure</b> The error policy decides about a group that throws; a group that fails the
 * epoch fails it for the whole shard, which then keeps nothing of it. A failed write stops the
 * shard and discards its memory, which is why the ledger can be changed in place.
 */
public final class GroupShard extends EventSourcedBehavior<ShardCommand, ShardRecord, ShardLedger> {
  private final ShardConfig config;
  private final ActorContext<ShardCommand> context;
  private final GroupHost host;
  private final ShardAnswers answers;
  private final ShardSnapshots snapshots;
  private final RecordSequence sequence;

  // Only while the groups of an epoch are called.
  private @Nullable ShardEpoch running;
  // Only while the effects of an epoch are written.
  private @Nullable EpochWrite writing;

  private GroupShard(ActorContext<ShardCommand> context, ShardConfig config) {
    super(PersistenceIds.shard(config.query(), config.journalIndex()));
    this.config = config;
    this.context = context;
    this.answers = new ShardAnswers(config);
    this.snapshots = new ShardSnapshots(config);
    this.sequence = new RecordSequence(PersistenceIds.shard(config.query(), config.journalIndex()));
    this.host = host(context, config);
  }

  private static GroupHost host(ActorContext<ShardCommand> context, ShardConfig config) {
    GroupCalls calls = new GroupCalls(config);
    ActiveGroups active = config.activeGroups();
    return switch (config.hosting()) {
      case ACTOR ->
          new ActorGroupHost(context, calls, active, config.dispatcher(), config.functions());
      case INLINE -> new InlineGroupHost(context.getSelf(), calls, config.functions(), active);
    };
  }

  /** Creates a shard. */
  public static Behavior<ShardCommand> create(ShardConfig config) {
    return Behaviors.setup(context -> new GroupShard(context, config));
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
   * Returns no bound, as nothing may be dropped; the coordinator ensures that only a few messages
   * wait.
   */
  @Override
  public Optional<Integer> stashCapacity() {
    return Optional.of(Integer.MAX_VALUE);
  }

  /**
   * Handles the end of recovery, and failed writes. These stop the run's calls, so that the shard
   * ends even if calls of its groups do not return.
   */
  @Override
  public SignalHandler<ShardLedger> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(), ledger -> sequence.recovered(lastSequenceNumber(context)))
        .onSignal(JournalPersistFailed.class, (ledger, failed) -> config.calls().stop())
        .build();
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
        .onCommand(CallAgain.class, this::onCallAgain)
        .onCommand(Digest.class, this::onDigest)
        .onCommand(TellParked.class, this::onTellParked)
        .onCommand(RequestParks.class, this::onRequestParks)
        .onCommand(WriteNext.class, (ledger, command) -> write())
        .onCommand(Snapshot.class, (ledger, command) -> writeSnapshot(ledger))
        .build();
  }

  @Override
  public EventHandler<ShardLedger, ShardRecord> eventHandler() {
    return (ledger, record) -> {
      if (sequence.isRecovering()) {
        sequence.next(lastSequenceNumber(context), record);
      }
      return ShardRecovery.after(ledger, record);
    };
  }

  /**
   * Returns an adapter for the marks in the snapshot store. Snapshots themselves are records in the
   * journal; a mark only says where recovery begins.
   */
  @Override
  public SnapshotAdapter<ShardLedger> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(ShardLedger ledger) {
        throw new AssertionError("a shard never saves a snapshot itself");
      }

      @Override
      public ShardLedger fromJournal(Object from) {
        sequence.beginAfter(from);
        return ShardRecovery.begin(config.operator().timeout(), from);
      }
    };
  }

  private Effect<ShardRecord, ShardLedger> onOpen(ShardLedger ledger, Open open) {
    if (writing != null) {
      return Effect().stash();
    }
    if (open.incarnation() < ledger.incarnation()) {
      open.replyTo().tell(answers.fenced(ledger, open.incarnation()));
    } else {
      ledger.fence(open.incarnation());
      open.replyTo().tell(answers.opened(ledger, open.readStates()));
    }
    return Effect().none();
  }

  private Effect<ShardRecord, ShardLedger> onRunEpoch(ShardLedger ledger, RunEpoch request) {
    if (writing != null) {
      return Effect().stash();
    }
    long epoch = request.times().epoch();
    if (request.incarnation() < ledger.incarnation()) {
      request.replyTo().tell(answers.fenced(ledger, request.incarnation()));
      return Effect().none();
    }
    if (epoch < ledger.lastEpoch()) {
      request.replyTo().tell(answers.ahead(ledger, epoch));
      return Effect().none();
    }
    if (epoch == ledger.lastEpoch()) {
      request.replyTo().tell(answers.fromMemory(ledger));
      return Effect().none();
    }
    ShardEpoch started = new ShardEpoch(request, config);
    if (config.journal().recordsInputs()) {
      try {
        started.record();
      } catch (SerializationException e) {
        request.replyTo().tell(answers.notRecorded(e));
        return Effect().none();
      }
    }
    try {
      started.begin(ledger);
    } catch (SerializationException e) {
      request.replyTo().tell(answers.notParked(e));
      return Effect().none();
    }
    running = started;
    return callNext(ledger, started);
  }

  private Effect<ShardRecord, ShardLedger> onDigest(ShardLedger ledger, Digest command) {
    command.replyTo().tell(ShardDigest.of(ledger));
    return Effect().none();
  }

  private Effect<ShardRecord, ShardLedger> onTellParked(ShardLedger ledger, TellParked command) {
    command.replyTo().tell(answers.parked(ledger, command.id()));
    return Effect().none();
  }

  /**
   * Writes requests to parked groups. Stashes them while an epoch runs, as it has already decided
   * what to do with its groups. The coordinator has one set of requests under way, so at most one
   * is stashed.
   */
  private Effect<ShardRecord, ShardLedger> onRequestParks(
      ShardLedger ledger, RequestParks command) {
    if (running != null || writing != null) {
      return Effect().stash();
    }
    List<Boolean> found = new ArrayList<>();
    List<ShardRecord> records = new ArrayList<>();
    for (RequestParks.Requested each : command.requests()) {
      boolean isParked = ledger.parked().get(each.key()) != null;
      found.add(isParked);
      if (isParked) {
        records.add(new JournalRecord.ParkRequested(each.key(), each.request()));
      }
    }
    if (records.isEmpty()) {
      command.replyTo().tell(answers.parksRequested(ledger, command.id(), found));
      return Effect().none();
    }
    return Effect()
        .persist(records)
        .thenRun(
            written ->
                command.replyTo().tell(answers.parksRequested(written, command.id(), found)));
  }

  private Effect<ShardRecord, ShardLedger> onStepped(ShardLedger ledger, Stepped stepped) {
    ShardEpoch epoch = Objects.requireNonNull(running, "running");
    StepResult.Threw threw = epoch.take(stepped.results(), ledger);
    if (threw != null) {
      running = null;
      epoch.request().replyTo().tell(answers.threw(threw));
      return Effect().none().thenUnstashAll();
    }
    FailedCalls.Round again = epoch.again();
    if (again != null) {
      callAgain(ledger, epoch, again);
      return Effect().none();
    }
    return callNext(ledger, epoch);
  }

  private void callAgain(ShardLedger ledger, ShardEpoch epoch, FailedCalls.Round again) {
    if (again.backoff().isZero()) {
      host.call(ledger, again.calls(), epoch.request().times());
      return;
    }
    context
        .getLog()
        .warn(
            "Query [{}]: the function threw for [{}] groups of shard [{}] in epoch [{}]; they are"
                + " called again in [{}]",
            config.query(),
            again.calls().size(),
            config.index(),
            epoch.request().times().epoch(),
            again.backoff());
    CallAgain later = new CallAgain(epoch.request().times().epoch(), again.calls());
    context.scheduleOnce(again.backoff(), context.getSelf(), later);
  }

  private Effect<ShardRecord, ShardLedger> onCallAgain(ShardLedger ledger, CallAgain again) {
    ShardEpoch epoch = running;
    if (epoch != null && epoch.request().times().epoch() == again.epoch()) {
      host.call(ledger, again.calls(), epoch.request().times());
    }
    return Effect().none();
  }

  private Effect<ShardRecord, ShardLedger> callNext(ShardLedger ledger, ShardEpoch epoch) {
    List<EpochCall> calls =
        epoch.nextCalls(ledger, config.operator().keyCodec(), config.activeGroups().mostOfAShard());
    if (calls.isEmpty()) {
      return finish(ledger, epoch);
    }
    host.call(ledger, calls, epoch.request().times());
    return Effect().none();
  }

  private Effect<ShardRecord, ShardLedger> finish(ShardLedger ledger, ShardEpoch epoch) {
    running = null;
    EpochEffects effects = epoch.effects();
    if (effects.isNothing()) {
      host.epochEnded(ledger);
      epoch.request().replyTo().tell(answers.done(epoch, ledger));
      return Effect().none().thenUnstashAll();
    }
    Iterator<List<ShardRecord>> writes =
        ShardWrites.of(effects, config.journal().limits()).iterator();
    writing = new EpochWrite(epoch, effects, lastSequenceNumber(context), writes);
    return write();
  }

  private Effect<ShardRecord, ShardLedger> write() {
    EpochWrite write = Objects.requireNonNull(writing, "writing");
    EffectBuilder<ShardRecord, ShardLedger> written = Effect().persist(write.writes().next());
    if (write.writes().hasNext()) {
      return written.thenRun(ledger -> context.getSelf().tell(WriteNext.INSTANCE));
    }
    writing = null;
    return written.thenRun(ledger -> written(ledger, write)).thenUnstashAll();
  }

  private void written(ShardLedger ledger, EpochWrite write) {
    host.epochEnded(ledger);
    ShardEpoch epoch = write.epoch();
    epoch.request().replyTo().tell(answers.done(epoch, ledger));
    if (snapshots.epochWritten(ledger, write)) {
      context.getSelf().tell(Snapshot.INSTANCE);
    }
  }

  private Effect<ShardRecord, ShardLedger> writeSnapshot(ShardLedger ledger) {
    if (writing != null) {
      // Otherwise the next snapshot might begin before the end of this one, at the epoch's first
      // record.
      return Effect().stash();
    }
    return Effect().persist(snapshots.next(ledger)).thenRun(written -> snapshotWritten());
  }

  private void snapshotWritten() {
    long beginsAfter = snapshots.written();
    if (beginsAfter < 0) {
      context.getSelf().tell(Snapshot.INSTANCE);
    } else {
      PersistenceId id = PersistenceIds.shard(config.query(), config.journalIndex());
      Adapter.actorOf(context, SnapshotMarker.props(id, config.journal(), beginsAfter));
    }
  }
}

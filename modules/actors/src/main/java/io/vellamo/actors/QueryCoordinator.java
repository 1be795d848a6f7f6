package io.vellamo.actors;

import io.vellamo.actors.QueryCommand.Begin;
import io.vellamo.actors.QueryCommand.Failed;
import io.vellamo.actors.QueryCommand.Initialized;
import io.vellamo.actors.QueryCommand.IoOpened;
import io.vellamo.actors.QueryCommand.Offered;
import io.vellamo.actors.QueryCommand.OfferedAhead;
import io.vellamo.actors.QueryCommand.ReadingFailed;
import io.vellamo.actors.QueryCommand.Requested;
import io.vellamo.actors.QueryCommand.Routed;
import io.vellamo.actors.QueryCommand.RowsRouted;
import io.vellamo.actors.QueryCommand.ShardReplied;
import io.vellamo.actors.QueryCommand.Shards;
import io.vellamo.actors.QueryCommand.Stop;
import io.vellamo.actors.QueryCommand.Wake;
import io.vellamo.actors.QueryCommand.Written;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.OperatorsAdded;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.persistence.journal.RecordSequence;
import io.vellamo.persistence.journal.SnapshotMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
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
 * The actor that leads a query from epoch to epoch: it plans an epoch, journals the plan, runs the
 * epoch and journals the commit.
 *
 * <p>This class writes the journal and translates messages; {@link QueryRun} decides what happens
 * in between and what is done next.
 *
 * <p><b>Order</b> {@code Begin}, {@code IoOpened} and the shards' reports, then rounds of {@code
 * Offered}, {@code Routed}, the shards' answers and {@code Written}. The commit of an epoch is
 * written together with the plan of the next if there is one.
 */
final class QueryCoordinator extends EventSourcedBehavior<QueryCommand, QueryRecord, QueryState> {
  /** The number of records between snapshots. The records are small; snapshots bound recovery. */
  private static final int SNAPSHOT_EVERY = 500;

  private final ActorContext<QueryCommand> context;
  private final QuerySpec spec;
  private final QueryRun run;
  private final RequestQueue requests;
  private final Runnable onStop;
  private final RecordSequence sequence;

  private QueryCoordinator(
      ActorContext<QueryCommand> context,
      QuerySpec spec,
      QueryRun run,
      RequestQueue requests,
      Runnable onStop) {
    super(PersistenceIds.query(spec.name()));
    this.context = context;
    this.spec = spec;
    this.run = run;
    this.requests = requests;
    this.onStop = onStop;
    this.sequence = new RecordSequence(PersistenceIds.query(spec.name()));
  }

  /** Creates the coordinator of a query. */
  static Behavior<QueryCommand> create(
      QuerySpec spec, QueryMonitor monitor, QueryResources resources, RequestQueue requests) {
    return Behaviors.setup(
        context ->
            new QueryCoordinator(
                context,
                spec,
                new QueryRun(context, spec, monitor, resources),
                requests,
                resources.calls()::stop));
  }

  /**
   * Returns no bound, as nothing may be dropped. Users' requests wait elsewhere, so only a few
   * messages can wait here.
   */
  @Override
  public Optional<Integer> stashCapacity() {
    return Optional.of(Integer.MAX_VALUE);
  }

  @Override
  public String journalPluginId() {
    return spec.settings().journal().plugin();
  }

  @Override
  public String snapshotPluginId() {
    return spec.settings().journal().snapshotPlugin();
  }

  @Override
  public QueryState emptyState() {
    return QueryState.EMPTY;
  }

  @Override
  public EventHandler<QueryState, QueryRecord> eventHandler() {
    return (state, record) -> {
      if (sequence.isRecovering()) {
        sequence.next(lastSequenceNumber(context), record);
      }
      return state.after(record);
    };
  }

  /**
   * Returns an adapter for the marks in the snapshot store. Snapshots themselves are records in the
   * journal; a mark only says where recovery begins.
   */
  @Override
  public SnapshotAdapter<QueryState> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(QueryState state) {
        throw new AssertionError("a query never saves a snapshot itself");
      }

      @Override
      public QueryState fromJournal(Object from) {
        sequence.beginAfter(from);
        return from instanceof QuerySnapshot whole ? QueryState.from(whole) : QueryState.EMPTY;
      }
    };
  }

  @Override
  public SignalHandler<QueryState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), state -> onRecovered())
        .onSignal(ChildFailed.class, (state, shard) -> context.getSelf().tell(failed(shard)))
        .build();
  }

  @Override
  public CommandHandler<QueryCommand, QueryRecord, QueryState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Begin.class, (state, command) -> onBegin(state))
        .onCommand(
            IoOpened.class, (state, command) -> act(state, run.ioOpened(state.knownLedger())))
        .onCommand(
            ShardReplied.class, (state, command) -> act(state, run.replied(command.answer())))
        .onCommand(Wake.class, (state, command) -> act(state, run.wake()))
        .onCommand(
            Requested.class, (state, command) -> act(state, run.requested(requests.takeAll())))
        .onCommand(Shards.class, (state, command) -> act(state, run.tell(command.shards())))
        .onCommand(Offered.class, (state, command) -> act(state, run.offered(command.ranges())))
        .onCommand(
            Initialized.class, (state, command) -> act(state, run.initialized(command.states())))
        .onCommand(Routed.class, (state, command) -> act(state, run.routed(command.routed())))
        .onCommand(OfferedAhead.class, (state, command) -> act(state, run.offeredAhead(command)))
        .onCommand(
            ReadingFailed.class, (state, command) -> act(state, run.readingFailed(command.cause())))
        .onCommand(RowsRouted.class, (state, command) -> act(state, run.rowsRouted()))
        .onCommand(Written.class, (state, command) -> act(state, run.written(command.rows())))
        .onCommand(Failed.class, (state, command) -> act(state, run.failed(command)))
        .onCommand(Stop.class, (state, command) -> act(state, run.stop()))
        .build();
  }

  private static Failed failed(ChildFailed shard) {
    return new Failed("[%s]".formatted(shard.getRef().path().name()), shard.getCause());
  }

  private void onRecovered() {
    sequence.recovered(lastSequenceNumber(context));
    context.getSelf().tell(Begin.INSTANCE);
  }

  private Effect<QueryRecord, QueryState> onBegin(QueryState state) {
    QueryCreated created = state.created();
    if (created == null) {
      return begin(List.of(firstCreated(), new QueryResumed(1, spec.stateShape())));
    }
    String mismatch = mismatch(created, state.knownLedger());
    if (mismatch != null) {
      return act(state, run.refused(mismatch));
    }
    long incarnation = state.knownLedger().incarnation() + 1;
    QueryResumed resumed = new QueryResumed(incarnation, spec.stateShape());
    List<CreatedOperator> added = spec.operatorNumbers(created.operators()).added();
    return begin(added.isEmpty() ? List.of(resumed) : List.of(new OperatorsAdded(added), resumed));
  }

  private QueryCreated firstCreated() {
    return new QueryCreated(
        UUID.randomUUID(),
        spec.settings().shards(),
        spec.operatorNumbers(List.of()).added(),
        spec.compiled().inputs().size(),
        spec.plan().watermarkPolicy());
  }

  /** Returns why the query can't go on from its journal, or null if it can. */
  private @Nullable String mismatch(QueryCreated created, QueryLedger ledger) {
    if (created.shards() != spec.settings().shards()) {
      return "vellamo.query.shards must be [%d], as when the query was first started, was [%d]; the groups in the journal are divided by it, set it back or start a query of another name"
          .formatted(created.shards(), spec.settings().shards());
    }
    if (created.inputs() != spec.compiled().inputs().size()) {
      return "the query must have [%d] sources, as when it was first started, has [%d]; the offsets in the journal belong to them, start a query of another name"
          .formatted(created.inputs(), spec.compiled().inputs().size());
    }
    return spec.operatorNumbers(created.operators()).mismatch(created, ledger);
  }

  /** Writes the records that the run returns, and stops if it ends. */
  private Effect<QueryRecord, QueryState> act(QueryState before, QueryRun.Next next) {
    if (next.stop()) {
      onStop.run();
    }
    List<QueryRecord> records = new ArrayList<>();
    if (next.commit() != null) {
      records.add(new EpochCommitted(next.commit()));
    }
    if (next.plan() != null) {
      records.add(new EpochPlanned(next.plan()));
    }
    if (records.isEmpty()) {
      return next.stop() ? Effect().stop() : Effect().none();
    }
    boolean takesSnapshot = before.records() + records.size() >= SNAPSHOT_EVERY;
    if (takesSnapshot) {
      QueryState after = before;
      for (QueryRecord record : records) {
        after = after.after(record);
      }
      records.add(after.toSnapshot());
    }
    // Stops only once the records are journaled, so that the last epoch is reported too.
    EffectBuilder<QueryRecord, QueryState> written =
        Effect().persist(records).thenRun(state -> journaled(state, takesSnapshot));
    return next.stop() ? written.thenStop() : written;
  }

  private void journaled(QueryState state, boolean tookSnapshot) {
    if (tookSnapshot) {
      PersistenceId id = PersistenceIds.query(spec.name());
      long beginsAfter = lastSequenceNumber(context) - 1;
      Adapter.actorOf(context, SnapshotMarker.props(id, spec.settings().journal(), beginsAfter));
    }
    run.journaled(state.knownLedger());
  }

  private Effect<QueryRecord, QueryState> begin(List<QueryRecord> records) {
    return Effect()
        .persist(records)
        .thenRun(state -> run.begin(state.knownLedger(), state.knownCreated()));
  }
}

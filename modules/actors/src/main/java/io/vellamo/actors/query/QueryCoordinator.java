package io.vellamo.actors.query;

import io.vellamo.actors.io.QueryResources;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.CoordinatorMessage.Answered;
import io.vellamo.actors.query.CoordinatorMessage.GoOn;
import io.vellamo.actors.query.CoordinatorMessage.Happened;
import io.vellamo.actors.query.CoordinatorMessage.InitialStates;
import io.vellamo.actors.query.CoordinatorMessage.RestartDue;
import io.vellamo.actors.query.CoordinatorMessage.Routed;
import io.vellamo.actors.query.QueryCommand.Requested;
import io.vellamo.actors.query.QueryCommand.Stop;
import io.vellamo.actors.query.QueryCommand.Wake;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.query.QueryMachine;
import io.vellamo.persistence.journal.JournalLosses;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.persistence.journal.RecordSequence;
import io.vellamo.persistence.journal.SnapshotMarkAdapter;
import io.vellamo.persistence.journal.Unpublished;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
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
 * The actor of a query, a shell around its {@link QueryMachine}: it turns messages into the
 * machine's inputs, journals what the machine persists, and carries out its other effects.
 *
 * <p>The state that Pekko knows is that of recovery; afterwards, the machine keeps its own, which
 * it changes once the journal has acknowledged the records.
 */
public final class QueryCoordinator
    extends EventSourcedBehavior<CoordinatorMessage, JournalEntry<QueryRecord>, QueryState> {
  private final ActorContext<CoordinatorMessage> context;
  private final QuerySpec spec;
  private final RequestQueue requests;
  private final CoordinatorEffects effects;
  private final QueryMachine machine;
  private final RecordSequence sequence;

  private QueryCoordinator(
      ActorContext<CoordinatorMessage> context,
      QuerySpec spec,
      QueryMonitor monitor,
      QueryResources resources,
      RequestQueue requests,
      Shards.Factory shards) {
    super(PersistenceIds.query(spec.name()));
    this.context = context;
    this.spec = spec;
    this.requests = requests;
    this.effects = new CoordinatorEffects(context, spec, monitor, resources, shards);
    this.machine = new QueryMachine(spec.setup(monitor.runId()), effects);
    this.sequence = new RecordSequence(persistenceId());
  }

  /**
   * Creates the coordinator of a query.
   *
   * @param spec the query
   * @param monitor what is visible of it from outside
   * @param resources what it holds
   * @param requests users' requests to it
   * @param shards creates the access to its shards
   * @return the coordinator, which reads its journal first
   */
  public static Behavior<QueryCommand> create(
      QuerySpec spec,
      QueryMonitor monitor,
      QueryResources resources,
      RequestQueue requests,
      Shards.Factory shards) {
    return Behaviors.<CoordinatorMessage>setup(
            context ->
                Unpublished.of(
                    new QueryCoordinator(context, spec, monitor, resources, requests, shards)))
        .narrow();
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
  public EventHandler<QueryState, JournalEntry<QueryRecord>> eventHandler() {
    return (state, entry) -> {
      if (!sequence.isRecovering()) {
        return state;
      }
      sequence.next(lastSequenceNumber(context), entry);
      return state.after(entry.record());
    };
  }

  @Override
  public SnapshotAdapter<QueryState> snapshotAdapter() {
    return new SnapshotMarkAdapter<>(sequence, QueryState.EMPTY);
  }

  @Override
  public SignalHandler<QueryState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .onSignal(ChildFailed.class, (state, shard) -> onLost(shard))
        .build();
  }

  private void onRecovered(QueryState state) {
    sequence.recovered(lastSequenceNumber(context));
    context.getSelf().tell(new Happened(new QueryInput.Recovered(state)));
  }

  private void onLost(ChildFailed failed) {
    int shard = effects.shards().number(failed.getRef());
    Throwable cause = failed.getCause();
    context
        .getSelf()
        .tell(
            new Happened(
                new QueryInput.ShardLost(
                    shard, effects.causes().problem(cause), JournalLosses.mayPass(cause))));
  }

  @Override
  public CommandHandler<CoordinatorMessage, JournalEntry<QueryRecord>, QueryState>
      commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Happened.class, (state, message) -> onHappened(message.input()))
        .onCommand(
            Routed.class,
            (state, message) -> on(effects.routed(message.routed(), message.attempt())))
        .onCommand(
            InitialStates.class, (state, message) -> on(effects.initialStates(message.states())))
        .onCommand(Answered.class, (state, message) -> on(effects.answered(message.answer())))
        .onCommand(RestartDue.class, (state, message) -> onRestartDue(message.shard()))
        .onCommand(Wake.class, (state, message) -> onWake())
        .onCommand(
            Requested.class, (state, message) -> on(effects.requests().take(requests.takeAll())))
        .onCommand(Stop.class, (state, message) -> on(new QueryInput.Stop()))
        .onCommand(QueryCommand.Shards.class, (state, message) -> onShards(message))
        .onCommand(GoOn.class, (state, message) -> goOn())
        .build();
  }

  private Effect<JournalEntry<QueryRecord>, QueryState> onHappened(QueryInput input) {
    if (input instanceof QueryInput.Opened) {
      effects.startReading();
    }
    return on(input);
  }

  private Effect<JournalEntry<QueryRecord>, QueryState> onRestartDue(int shard) {
    effects.shards().restart(shard);
    return on(new QueryInput.ShardRestarted(shard));
  }

  private Effect<JournalEntry<QueryRecord>, QueryState> onWake() {
    effects.woken();
    return on(new QueryInput.Woken());
  }

  private Effect<JournalEntry<QueryRecord>, QueryState> onShards(QueryCommand.Shards asked) {
    asked.shards().complete(effects.shards().inJournalOrder());
    return Effect().none();
  }

  private Effect<JournalEntry<QueryRecord>, QueryState> on(QueryInput input) {
    take(input);
    return goOn();
  }

  private void take(QueryInput input) {
    QueryClock clock = spec.clock();
    Now now = new Now(clock.millis(), clock.monotonicNanos());
    effects.at(now);
    machine.on(input, now);
  }

  /** Persists the machine's pending records in one atomic write, or stops if the query is over. */
  private Effect<JournalEntry<QueryRecord>, QueryState> goOn() {
    List<QueryRecord> records = effects.takeRecords();
    if (!records.isEmpty()) {
      return Effect()
          .persist(sequence.toWrite(lastSequenceNumber(context), records))
          .thenRun(state -> journaled());
    }
    return effects.isFinished() ? Effect().stop() : Effect().none();
  }

  private void journaled() {
    take(new QueryInput.Journaled(lastSequenceNumber(context)));
    if (effects.hasRecords() || effects.isFinished()) {
      // Pekko persists and stops only as the result of a message.
      context.getSelf().tell(GoOn.INSTANCE);
    }
  }
}

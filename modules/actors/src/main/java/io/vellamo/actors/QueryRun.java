package io.vellamo.actors;

import io.vellamo.actors.QueryCommand.Failed;
import io.vellamo.actors.QueryCommand.ShardReplied;
import io.vellamo.actors.RunFailures.Emitted;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.actors.shard.ShardFailure;
import io.vellamo.actors.shard.ShardFailure.EventPosition;
import io.vellamo.actors.shard.ShardReply;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.Decision;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochPlanner;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.epoch.RunSoFar;
import io.vellamo.engine.epoch.WatermarkRule;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.OperatorNumbers;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * One run of a query, from start to end: its phase, and the reaction to each message.
 *
 * <p>Nothing here is durable. What has to be durable is returned as {@link Next}; {@link
 * #journaled} is called once the journal holds it.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class QueryRun {
  /**
   * The records to be journaled, and whether the query ends.
   *
   * @param commit an epoch to commit, or null
   * @param plan an epoch to plan, or null
   * @param stop whether the query ends
   */
  record Next(@Nullable EpochCommit commit, @Nullable EpochPlan plan, boolean stop) {
    static final Next NOTHING = new Next(null, null, false);
  }

  private enum Phase {
    /** Source, sinks and shards are being opened. */
    OPENING,
    /** Nothing to do until something wakes the query. */
    IDLE,
    /** The source is asked what it offers. */
    ASKING,
    /** An epoch is planned, and in progress until its rows are at the sink. */
    RUNNING
  }

  private final ActorContext<QueryCommand> context;
  private final QuerySpec spec;
  private final QueryMonitor monitor;
  private final QueryResources resources;
  private final TriggerGate gate;
  private final List<CompletableFuture<Void>> idling = new ArrayList<>();
  private final Settling settling = new Settling();
  private final List<ActorRef<ShardCommand>> shards = new ArrayList<>();
  private final ActorRef<ShardReply> shardReplies;
  private final ParkDesk parks;
  private final WakeSignal wakeSignal;
  private final ReadAhead ahead;
  private final UserWork work;
  private final EpochSize size;

  private Phase phase = Phase.OPENING;
  private RunSoFar run = RunSoFar.NOTHING;
  private boolean wokenMeanwhile;

  // Set by begin.
  private @Nullable QueryLedger ledger;
  private @Nullable QueryCreated created;
  private @Nullable WatermarkRule watermarks;
  private @Nullable EpochPlanner planner;
  private @Nullable WatermarkWatch watermarkWatch;
  private @Nullable ProcessingClock time;
  // Set by ioOpened.
  private @Nullable ShardTable table;
  private @Nullable EpochStream stream;
  // While an epoch runs: when it began, how many events it may have, whether an earlier run planned
  // it, and, once routed, the epoch.
  private long startedMillis;
  private long mostEvents = Long.MAX_VALUE;
  private boolean recovering;
  private @Nullable EpochRun current;
  // How much of the planned epoch sinks may hold.
  private Emitted emitted = Emitted.NOTHING;
  // Only while the query's first epoch passes through the operators.
  private List<InitialGroups> initial = List.of();
  // From the sink's answer until the journal's.
  private @Nullable EpochCommit pendingCommit;
  private @Nullable StreamingQueryProgress pendingProgress;

  QueryRun(
      ActorContext<QueryCommand> context,
      QuerySpec spec,
      QueryMonitor monitor,
      QueryResources resources) {
    this.context = context;
    this.spec = spec;
    this.monitor = monitor;
    this.resources = resources;
    this.wakeSignal = new WakeSignal(context.getSelf());
    this.gate = new TriggerGate(spec, resources, wakeSignal);
    this.shardReplies = context.messageAdapter(ShardReply.class, ShardReplied::new);
    this.ahead = new ReadAhead(spec);
    this.size = spec.epochSize();
    this.work = new UserWork(context, spec, resources);
    this.parks = new ParkDesk(shardReplies, this::lastPlanned);
  }

  /** Opens source and sinks, once the journal holds the beginning of this run. */
  void begin(QueryLedger resumed, QueryCreated known) {
    ledger = resumed;
    monitor.onMachineFailure(
        failure -> context.getSelf().tell(new Failed("telling listeners", failure)));
    time =
        new ProcessingClock(
            spec.name(), spec.clock(), monitor::clockNote, resumed.processingTimeMillis());
    created = known;
    monitor.started(resumed.id());
    List<WatermarkStrategy> strategies = spec.compiled().watermarks();
    WatermarkRule rule = new WatermarkRule(strategies, known.policy());
    watermarks = rule;
    planner = new EpochPlanner(spec.plan().trigger(), spec.compiled().usesEventTime(), rule);
    if (!strategies.isEmpty()) {
      watermarkWatch = new WatermarkWatch(spec.watermarkNames(), strategies, rule, resumed);
      monitor.watermark(watermarkWatch.report(resumed, time().millis()));
    }
    monitor.status("Initializing sources", false, false);
    work.open(resumed, wakeSignal);
  }

  /** Ends the query, which can't continue from its journal. */
  Next refused(String reason) {
    return fail(reason, null);
  }

  /** Starts the stream and the shards, once source and sinks are open. */
  Next ioOpened(QueryLedger recovered) {
    ActorRef<QueryCommand> self = context.getSelf();
    stream =
        EpochStream.start(
            context.getSystem(),
            resources,
            spec,
            recovered.shards(),
            routed -> self.tell(new QueryCommand.Routed(routed)),
            failure -> self.tell(new QueryCommand.ReadingFailed(failure)));
    resources.stream(Objects.requireNonNull(stream));
    table = new ShardTable(recovered.shards() * spec.operators().size());
    if (spec.operators().isEmpty()) {
      return ready();
    }
    int count = recovered.shards() * spec.operators().size();
    spec.settings().activeGroups().join(count);
    resources.onClose(() -> spec.settings().activeGroups().leave(count));
    shards.addAll(LocalShards.spawn(context, spec, resources, created()));
    boolean readStates = recovered.shapes().areUnproven();
    for (ActorRef<ShardCommand> shard : shards) {
      shard.tell(new ShardCommand.Open(recovered.incarnation(), readStates, shardReplies));
    }
    return Next.NOTHING;
  }

  Next replied(ShardReply reply) {
    if (reply instanceof ShardReply.Opened opened) {
      return table().opened(opened) ? ready() : Next.NOTHING;
    }
    if (reply instanceof ShardReply.Done done) {
      EpochRun epoch = current();
      table().done(done);
      epoch.take(done);
      return epoch.isComplete() ? operatorDone(epoch) : Next.NOTHING;
    }
    if (reply instanceof ShardReply.Parked parked) {
      parks.answered(parked);
      return Next.NOTHING;
    }
    if (reply instanceof ShardReply.ParksRequested requested) {
      table().due(requested.shard(), requested.due());
      parks.answered(requested);
      return wakeUp();
    }
    ShardFailure failure = ((ShardReply.Failed) reply).failure();
    String where = operator(reply.shard()) + position(failure.position());
    return fail(failure.message() + where + failure.details(), failure.cause());
  }

  /** Returns the operator of a shard, to be appended to a message; empty if there is only one. */
  private String operator(int shard) {
    List<String> operators = spec.operatorNames();
    return operators.size() == 1
        ? ""
        : ", operator [%s]".formatted(operators.get(shard / ledger().shards()));
  }

  /** Handles a wake-up: something may have come. */
  Next wake() {
    wakeSignal.received();
    return wakeUp();
  }

  private Next wakeUp() {
    wokenMeanwhile = true;
    return phase == Phase.IDLE ? consider() : Next.NOTHING;
  }

  /** Takes users' requests. */
  Next requested(List<QueryCommand> requests) {
    for (QueryCommand request : requests) {
      if (request instanceof QueryCommand.Settle settle) {
        settling.add(settle.settled());
      } else if (request instanceof QueryCommand.TellIdle tell) {
        idling.add(tell.idle());
      } else if (request instanceof QueryCommand.TellParked parked) {
        parks.list(parked.groups());
      } else if (request instanceof QueryCommand.RequestPark park) {
        parks.request(park);
      } else {
        throw new AssertionError("unhandled " + request.getClass());
      }
    }
    parks.sendRequests();
    boolean asksForWork = !settling.isEmpty() || !idling.isEmpty();
    return phase == Phase.IDLE && asksForWork ? consider() : Next.NOTHING;
  }

  /** Answers a request for the shards. */
  Next tell(CompletableFuture<List<ActorRef<ShardCommand>>> asked) {
    asked.complete(inJournalOrder());
    return Next.NOTHING;
  }

  private List<ActorRef<ShardCommand>> inJournalOrder() {
    if (shards.isEmpty()) {
      return List.of();
    }
    int shardsEach = created().shards();
    OperatorNumbers numbers = spec.operatorNumbers(created().operators());
    return IntStream.range(0, spec.operators().size())
        .boxed()
        .sorted(Comparator.comparing(numbers::ofPlace))
        .flatMap(place -> shards.subList(place * shardsEach, (place + 1) * shardsEach).stream())
        .toList();
  }

  private long lastPlanned() {
    EpochPlan planned = ledger().planned();
    return planned == null ? ledger().committedEpoch() : planned.epoch();
  }

  /** Decides about the next epoch, given the source's offer. */
  Next offered(List<OffsetRange> ranges) {
    QueryLedger committed = pendingCommit == null ? ledger() : ledger().committed(pendingCommit);
    Decision decision = planner().next(committed, run, ranges, table().nextDue(), time().millis());
    EpochCommit commit = pendingCommit;
    if (decision instanceof Decision.Run next) {
      phase = Phase.RUNNING;
      return new Next(commit, next.plan(), false);
    }
    if (decision == Decision.Finish.INSTANCE) {
      return new Next(commit, null, true);
    }
    phase = Phase.IDLE;
    monitor.status("Waiting for data to arrive", false, false);
    monitor.idle();
    if (commit != null) {
      gate.wakeWhenDue(time().millisUntil(((Decision.Wait) decision).untilMillis()));
      return new Next(commit, null, false);
    }
    settling.complete();
    if (wokenMeanwhile || !settling.isEmpty()) {
      return consider();
    }
    gate.wakeWhenDue(time().millisUntil(((Decision.Wait) decision).untilMillis()));
    rest();
    return Next.NOTHING;
  }

  /** Continues once the journal holds the records that were returned. */
  void journaled(QueryLedger written) {
    ledger = written;
    StreamingQueryProgress progress = pendingProgress;
    if (progress != null) {
      pendingCommit = null;
      pendingProgress = null;
      monitor.report(progress);
      if (watermarkWatch != null) {
        monitor.watermark(watermarkWatch.report(written, time().millis()));
      }
      work.committed(written.offsets());
    }
    EpochPlan plan = written.planned();
    if (plan != null) {
      run(plan);
    } else if (phase == Phase.IDLE) {
      // Asks the source again only now, so that callers who wait for the commit find it in the
      // journal.
      wakeSignal.run();
    }
  }

  /** Takes the initial states, then reads the first epoch's events. */
  Next initialized(List<InitialGroups> states) {
    initial = states;
    read(Objects.requireNonNull(ledger().planned(), "planned"));
    return Next.NOTHING;
  }

  /**
   * Takes an epoch that was read: gives each shard its events, and may ask the source for the next.
   */
  Next routed(RoutedEpoch routed) {
    if (ahead.keep(routed)) {
      return Next.NOTHING;
    }
    EpochRun epoch = new EpochRun(spec, ledger().shards(), routed, startedMillis);
    current = epoch;
    if (ahead.isPossible() && size.isFull(routed.events().input(), mostEvents)) {
      askAhead(epoch);
    }
    return runOperator(epoch);
  }

  private void askAhead(EpochRun epoch) {
    long most = size.most();
    QueryLedger after = ahead.ask(ledger(), commit(epoch), most);
    work.askAhead(after, most);
  }

  /** Takes the source's offer made while an epoch runs, and reads it. */
  Next offeredAhead(QueryCommand.OfferedAhead offered) {
    if (ahead.wasAwaited()) {
      return offered.ranges() == null ? consider() : offered(offered.ranges());
    }
    EpochPlan plan =
        ahead.answered(offered.ranges(), planner(), run.after(current().plan()), time().millis());
    if (plan != null) {
      Objects.requireNonNull(stream, "stream").run(plan);
    }
    return Next.NOTHING;
  }

  /** Takes the failure to read an epoch; an epoch that is read ahead fails in its turn. */
  Next readingFailed(Throwable cause) {
    return ahead.keep(cause) ? Next.NOTHING : failed(new Failed("reading", cause));
  }

  /** Runs the next operator, once the rows of the preceding one are routed. */
  Next rowsRouted() {
    return runOperator(current());
  }

  private Next runOperator(EpochRun epoch) {
    if (epoch.isAtSink()) {
      initial = List.of();
      emitted = Emitted.PERHAPS;
      work.write(epoch);
      return Next.NOTHING;
    }
    EpochTimes times = epoch.plan().times();
    int first = epoch.firstShard();
    for (int shard = first; shard < first + ledger().shards(); shard++) {
      ShardEvents events = epoch.events(shard);
      InitialGroups before = initial.isEmpty() ? InitialGroups.NONE : initial.get(shard);
      if (!events.isEmpty() || !before.isEmpty() || recovering || table().isDue(shard, times)) {
        epoch.ask(events);
        shards
            .get(shard)
            .tell(
                new ShardCommand.RunEpoch(
                    ledger().incarnation(),
                    times,
                    epoch.plan().ranges(),
                    events,
                    before,
                    shardReplies));
      }
    }
    return epoch.isComplete() ? operatorDone(epoch) : Next.NOTHING;
  }

  private Next operatorDone(EpochRun epoch) {
    if (!epoch.nextOperator()) {
      return runOperator(epoch);
    }
    work.routeRows(epoch);
    return Next.NOTHING;
  }

  /** Ends the epoch, whose rows are at the sink. */
  Next written(long rows) {
    EpochRun epoch = current();
    pendingCommit = commit(epoch);
    size.ran(
        epoch.routed().events().input(),
        mostEvents,
        spec.clock().monotonicMillis() - startedMillis);
    if (watermarkWatch != null) {
      watermarkWatch.committed(epoch.plan(), epoch.seen());
    }
    pendingProgress = epoch.progress(ledger(), monitor.runId(), table(), rows);
    current = null;
    recovering = false;
    run = run.after(epoch.plan());
    phase = Phase.IDLE;
    if (gate.isClosed()) {
      return new Next(pendingCommit, null, false);
    }
    mostEvents = ahead.most();
    if (ahead.await()) {
      phase = Phase.ASKING;
      return Next.NOTHING;
    }
    if (ahead.plan() != null) {
      phase = Phase.RUNNING;
      return new Next(pendingCommit, ahead.plan(), false);
    }
    return consider();
  }

  private EpochCommit commit(EpochRun epoch) {
    return Objects.requireNonNull(watermarks, "watermarks")
        .commit(ledger(), epoch.plan(), epoch.seen(), epoch.events());
  }

  Next failed(Failed failed) {
    return fail(
        failed.doing() + " failed: " + spec.settings().failures().describe(failed.cause()),
        failed.cause());
  }

  /** Ends the query; a running epoch is abandoned, one that is at the sink is committed. */
  Next stop() {
    return new Next(pendingCommit, null, true);
  }

  private Next ready() {
    parks.ready(List.copyOf(shards), ledger().shards());
    EpochPlan planned = ledger().planned();
    if (planned != null) {
      recovering = true;
      phase = Phase.RUNNING;
      run(planned);
      return Next.NOTHING;
    }
    phase = Phase.IDLE;
    return consider();
  }

  /** Asks the source what it offers, if the trigger allows an epoch now. */
  private Next consider() {
    if (gate.isClosed()) {
      monitor.status("Waiting for next trigger", false, false);
      gate.wakeAtOpening();
      rest();
      return Next.NOTHING;
    }
    phase = Phase.ASKING;
    gate.fire();
    wokenMeanwhile = false;
    settling.sourceAsked();
    monitor.status("Getting offsets from " + spec.sourceDescription(), false, true);
    QueryLedger committed = pendingCommit == null ? ledger() : ledger().committed(pendingCommit);
    long most = spec.plan().trigger() == Trigger.once() ? Long.MAX_VALUE : size.most();
    mostEvents = most;
    work.ask(committed, most);
    return Next.NOTHING;
  }

  private void run(EpochPlan plan) {
    startedMillis = spec.clock().monotonicMillis();
    emitted = recovering ? Emitted.PERHAPS_EARLIER : Emitted.NOTHING;
    if (plan.equals(ahead.plan())) {
      QueryCommand known = ahead.take();
      if (known != null) {
        context.getSelf().tell(known);
      }
    } else if (plan.epoch() == 1 && spec.hasInitialState()) {
      monitor.status("Reading initial states", true, true);
      work.readInitialStates(ledger().shards());
    } else {
      read(plan);
    }
  }

  private void read(EpochPlan plan) {
    if (plan.ranges().isEmpty()) {
      monitor.status("No new data but cleaning up state", false, true);
      context.getSelf().tell(new QueryCommand.Routed(RoutedEpoch.withoutData(plan)));
    } else {
      monitor.status("Processing new data", true, true);
      Objects.requireNonNull(stream, "stream").run(plan);
    }
  }

  private Next fail(String what, @Nullable Throwable cause) {
    QueryLedger known = ledger;
    EpochPlan planned = known == null || pendingCommit != null ? null : known.planned();
    monitor.failed(RunFailures.failed(spec.name(), planned, what, emitted, cause));
    return new Next(pendingCommit, null, true);
  }

  private String position(@Nullable EventPosition position) {
    return position == null ? "" : RunFailures.position(position, current().plan());
  }

  /** Tells callers that nothing more happens by itself; the next wake-up must be registered. */
  private void rest() {
    idling.forEach(idle -> idle.complete(null));
    idling.clear();
  }

  private ProcessingClock time() {
    return Objects.requireNonNull(time, "time");
  }

  private QueryLedger ledger() {
    return Objects.requireNonNull(ledger, "ledger");
  }

  private EpochPlanner planner() {
    return Objects.requireNonNull(planner, "planner");
  }

  private QueryCreated created() {
    return Objects.requireNonNull(created, "created");
  }

  private ShardTable table() {
    return Objects.requireNonNull(table, "table");
  }

  private EpochRun current() {
    return Objects.requireNonNull(current, "current");
  }
}

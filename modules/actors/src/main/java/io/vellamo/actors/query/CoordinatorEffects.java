package io.vellamo.actors.query;

import static java.util.Objects.requireNonNull;

import io.vellamo.actors.inbox.ActorInboxes;
import io.vellamo.actors.io.QueryIo;
import io.vellamo.actors.io.QueryResources;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.CoordinatorMessage.RestartDue;
import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.io.EpochData;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.ConnectorMetrics;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.query.QueryFailure;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.persistence.journal.SnapshotMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * The effects of a query's machine, as its coordinator carries them out: at once, except that
 * records wait for the actor to persist them. Keeps the events and rows of the epochs under way.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class CoordinatorEffects implements QueryEffects {
  private final ActorContext<CoordinatorMessage> context;
  private final QuerySpec spec;
  private final QueryMonitor monitor;
  private final QueryResources resources;
  private final ProblemCauses causes;
  private final QueryIo io;
  private final ActorInboxes inboxes;
  private final Shards shards;
  private final WakeSignal wakeSignal;
  private final OpenRequests requests = new OpenRequests();
  private final Map<Long, EpochData> epochs = new HashMap<>();

  private Now at = new Now(0, 0);
  private List<QueryRecord> records = List.of();
  private boolean isFinished;
  // Until the query's first epoch has passed through all operators.
  private List<InitialGroups> initial = List.of();
  // Both set once the machine has begun the run.
  private int shardsOfOperator;
  private boolean writesRanges = true;

  CoordinatorEffects(
      ActorContext<CoordinatorMessage> context,
      QuerySpec spec,
      QueryMonitor monitor,
      QueryResources resources,
      Shards.Factory factory) {
    this.context = context;
    this.spec = spec;
    this.monitor = monitor;
    this.resources = resources;
    this.causes = new ProblemCauses(spec.settings().failures());
    IoMessages messages = new IoMessages(context.getSelf(), causes);
    this.io =
        new QueryIo(
            context.getSystem(),
            spec.settings().controlDispatcher(),
            spec.query(),
            spec.clock(),
            spec.settings().maxCompleteGroups(),
            resources,
            messages);
    this.inboxes =
        new ActorInboxes(
            context.getSystem(),
            spec.settings().controlDispatcher(),
            spec.settings().journal(),
            spec.settings().inbox(),
            spec.eventCodec(),
            resources.functions());
    this.shards =
        factory.create(
            context,
            new Shards.Observer(
                context.messageAdapter(ShardAnswer.class, CoordinatorMessage.Answered::new),
                messages));
    this.wakeSignal = new WakeSignal(context.getSelf().narrow());
    monitor.onMachineFailure(failure -> messages.failed("telling listeners", failure));
  }

  /** Returns whether records wait to be persisted. */
  boolean hasRecords() {
    return !records.isEmpty();
  }

  /** Returns the records that wait to be persisted, which then no longer wait. */
  List<QueryRecord> takeRecords() {
    List<QueryRecord> taken = records;
    records = List.of();
    return taken;
  }

  /** Returns whether the query has ended. */
  boolean isFinished() {
    return isFinished;
  }

  ProblemCauses causes() {
    return causes;
  }

  Shards shards() {
    return shards;
  }

  OpenRequests requests() {
    return requests;
  }

  /** Notes the time of the input that the effects result from. */
  void at(Now now) {
    at = now;
  }

  /** Notes that the wake-up of a source or of the clock has arrived. */
  void woken() {
    wakeSignal.received();
  }

  /** Keeps the events of an epoch; returns the machine's input. */
  QueryInput routed(RoutedEpoch routed, long attempt) {
    EpochData data = new EpochData(spec.query(), shardsOfOperator, routed, initial);
    epochs.put(attempt, data);
    return new QueryInput.EpochRead(routed.plan().epoch(), attempt, data.summary());
  }

  /** Keeps the initial states; returns the machine's input. */
  QueryInput initialStates(List<InitialGroups> states) {
    initial = states;
    Set<Integer> with = new TreeSet<>();
    for (int shard = 0; shard < states.size(); shard++) {
      if (!states.get(shard).isEmpty()) {
        with.add(shard);
      }
    }
    return new QueryInput.InitialStatesRead(with);
  }

  /** Keeps the rows of a shard; returns the machine's input. */
  QueryInput answered(ShardAnswer answer) {
    EpochOutput output = answer.output();
    Fence fence = answer.reply().fence();
    EpochData data = fence == null ? null : epochs.get(fence.attempt());
    if (data != null && output != null) {
      data.take(answer.reply(), output);
    }
    return new QueryInput.ShardReplied(answer.reply(), causes.problem(answer.cause()));
  }

  @Override
  public void persist(List<QueryRecord> next) {
    records = next;
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    Adapter.actorOf(
        context,
        SnapshotMarker.props(
            PersistenceIds.query(spec.name()), spec.settings().journal(), beginsAfter, before));
  }

  @Override
  public void open(QueryLedger ledger, int ranges) {
    shardsOfOperator = ledger.shards();
    Readers readers = shards.readers();
    if (readers != null) {
      readers.begin(ledger);
    }
    writesRanges = !shards.writeRanges(ledger, ranges);
    io.open(
        ledger, ranges, writesRanges, wakeSignal, input -> inboxes.of(input, ledger.incarnation()));
  }

  /** Gets ready to read epochs, once source and sinks are open. */
  void startReading() {
    io.startReading(shardsOfOperator);
  }

  @Override
  public void startShards(QueryCreated created) {
    shards.start(created);
  }

  @Override
  public void restartShard(int shard, long backoffMillis) {
    context.scheduleOnce(
        Duration.ofMillis(backoffMillis), context.getSelf(), new RestartDue(shard));
  }

  @Override
  public void send(int shard, ShardRequest request) {
    if (request instanceof ShardRequest.RunEpoch run) {
      shards.run(shard, run, epoch(run.fence().attempt()).input(shard));
    } else {
      if (request instanceof ShardRequest.SendRows again) {
        Fence fence = again.fence();
        epochs.computeIfAbsent(
            fence.attempt(),
            none -> EpochData.ofRows(spec.query(), shardsOfOperator, fence.epoch()));
      }
      shards.send(shard, request);
    }
  }

  @Override
  public void readInitialStates() {
    io.readInitialStates(shardsOfOperator);
  }

  @Override
  public void askSource(Offsets after, long most) {
    io.ask(after, most);
  }

  @Override
  public void askAhead(Offsets after, long most) {
    io.askAhead(after, most);
  }

  @Override
  public void read(EpochPlan plan, long attempt, boolean hasParked) {
    boolean keepsEvents = hasParked || spec.settings().journal().limits().recordsInputs();
    Readers readers = shards.readers();
    if (readers == null || plan.ranges().isEmpty()) {
      io.read(plan, attempt, keepsEvents);
    } else {
      readers.read(plan, attempt, keepsEvents);
    }
  }

  @Override
  public void routeRows(long epoch, long attempt, int operator) {
    io.routeRows(epoch(attempt), epoch, attempt, operator);
  }

  @Override
  public void takePage(int shard, long epoch, long attempt, int number) {
    io.takePage(epoch(attempt).page(shard, number), epoch);
  }

  @Override
  public void writeSink(long epoch, long attempt) {
    initial = List.of();
    io.write(epoch(attempt), epoch);
  }

  @Override
  public void writeRange(int range, long epoch, long attempt) {
    if (writesRanges) {
      io.writeRange(epoch(attempt), range, epoch);
    } else {
      shards.writeRange(range, epoch);
    }
  }

  @Override
  public void commitRange(int range, long epoch) {
    if (writesRanges) {
      io.commitRange(range, epoch);
    } else {
      shards.commitRange(range, epoch);
    }
  }

  @Override
  public void discard(long epoch, long attempt) {
    epochs.remove(attempt);
    // First: a shard must not get a request without the events that readers then forget.
    shards.discard(epoch, attempt);
    Readers readers = shards.readers();
    if (readers != null) {
      readers.discard(epoch, attempt);
    }
  }

  @Override
  public void tellSource(Offsets offsets) {
    io.committed(offsets);
    Readers readers = shards.readers();
    if (readers != null) {
      readers.committed(offsets);
    }
  }

  @Override
  public void wakeAfter(long delayMillis) {
    wakeSignal.release();
    wakeAfter(delayMillis, wakeSignal);
  }

  private void wakeAfter(long delayMillis, Runnable signal) {
    QueryClock clock = spec.clock();
    // Time may have passed since the input: a user who got an answer can move a clock by hand. The
    // instant is read first, as a wake-up that is too early is harmless.
    Instant instant = clock.instant();
    long passedMillis = clock.monotonicMillis() - at.monotonicMillis();
    // The clock may run the task at once, on this thread, so the old wake-up is closed first.
    resources.wakeUp(null);
    resources.wakeUp(clock.wakeAt(instant.plusMillis(delayMillis - passedMillis), signal));
  }

  @Override
  public void pause(long millis) {
    wakeSignal.hold();
    wakeAfter(millis, wakeSignal::release);
  }

  @Override
  public void cancelWakeUp() {
    wakeSignal.release();
    resources.wakeUp(null);
  }

  @Override
  public void answer(long id, Object answer) {
    requests.answer(id, answer);
  }

  @Override
  public ConnectorMetrics metrics() {
    return io.metrics();
  }

  @Override
  public void publish(QueryNews news) {
    monitor.tell(news);
  }

  @Override
  public void fail(QueryFailure failure) {
    monitor.failed(
        new StreamingQueryException(
            spec.name(), failure.epoch(), failure.message(), causes.of(failure.problem())));
  }

  @Override
  public void finish() {
    isFinished = true;
    resources.calls().stop();
  }

  private EpochData epoch(long attempt) {
    return requireNonNull(epochs.get(attempt), "epoch");
  }
}

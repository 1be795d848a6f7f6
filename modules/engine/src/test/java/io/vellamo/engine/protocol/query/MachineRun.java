package io.vellamo.engine.protocol.query;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardSize;
import io.vellamo.engine.shard.NextDue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A query's machine, with its effects as short texts, and inputs for a query over two shards. */
final class MachineRun implements QueryEffects {
  static final int SHARDS = 2;
  static final ShardRestarts RESTARTS = new ShardRestarts(100, 1_000, 60_000);

  private static final SourcePartition PARTITION = new SourcePartition("p");

  private final List<String> effects = new ArrayList<>();
  private final Map<Integer, Fence> fences = new HashMap<>();
  private final Map<Integer, Long> owners = new HashMap<>();
  final QueryMachine machine;
  long wallMillis = 1_000_000;
  long elapsedMillis;
  long lastAttempt;
  QueryState durable = QueryState.EMPTY;
  private List<QueryRecord> pending = List.of();
  private long sequenceNr;

  MachineRun(int operators, Trigger trigger) {
    this(operators, trigger, QueryState.EMPTY);
  }

  /** Creates a machine that will recover a state. */
  MachineRun(int operators, Trigger trigger, QueryState recovered) {
    durable = recovered;
    machine = new QueryMachine(setup(operators, trigger), this);
  }

  private static QuerySetup setup(int operators, Trigger trigger) {
    List<CompiledOperator> compiled = new ArrayList<>();
    for (int index = 0; index < operators; index++) {
      int next = index + 1 == operators ? Route.SINK : index + 1;
      compiled.add(
          new CompiledOperator(group("op" + index), false, false, new Route(List.of(), 0, next)));
    }
    Route first = new Route(List.of(), 0, operators == 0 ? Route.SINK : 0);
    return new QuerySetup(
        "q",
        new UUID(0, 1),
        new UUID(0, 2),
        new CompiledQuery(List.of(first), compiled, false),
        trigger,
        WatermarkPolicy.MIN,
        SHARDS,
        "",
        List.of(),
        List.of("source"),
        "sink",
        List.of(),
        null,
        EpochSize.fixed(10, 1),
        RESTARTS);
  }

  private static Stage.Group group(String name) {
    FlatMapGroupsWithStateFunction<Object, Object, Integer, String> none =
        (key, events, state) -> Collections.emptyIterator();
    StatefulOperator operator =
        new StatefulOperator(
            name,
            OutputMode.APPEND,
            GroupStateTimeout.PROCESSING_TIME,
            StateType.of(Integer.class),
            none);
    return new Stage.Group(event -> event, Optional.empty(), operator);
  }

  /** Begins the run, up to the first question to the source. */
  MachineRun begin() {
    on(new QueryInput.Recovered(durable));
    journaled();
    on(new QueryInput.Opened());
    for (int shard = 0; !fencesOfAllOpen(); shard++) {
      opened(shard, 1);
    }
    return this;
  }

  private boolean fencesOfAllOpen() {
    return machine.state() != QueryMachine.State.OPENING;
  }

  void on(QueryInput input) {
    machine.on(input, new Now(wallMillis, elapsedMillis));
  }

  /** Acknowledges the last write. */
  void journaled() {
    durable = durable.after(pending);
    sequenceNr += pending.size();
    pending = List.of();
    on(new QueryInput.Journaled(sequenceNr));
  }

  void opened(int shard, long owner) {
    owners.put(shard, owner);
    long incarnation = durable.knownLedger().incarnation();
    reply(new ShardReply.Opened(shard, incarnation, owner, NextDue.NEVER, ShardSize.EMPTY));
  }

  void reply(ShardReply reply) {
    on(new QueryInput.ShardReplied(reply, Problem.NONE));
  }

  /** Offers events of the only partition. */
  void offer(long from, long until) {
    on(new QueryInput.Offered(ranges(from, until)));
  }

  static List<OffsetRange> ranges(long from, long until) {
    return from == until ? List.of() : List.of(new OffsetRange(PARTITION, from, until));
  }

  /** Completes the reading of an epoch, with events for some shards. */
  void read(long epoch, int... shards) {
    read(epoch, lastAttempt, shards);
  }

  void read(long epoch, long attempt, int... shards) {
    on(new QueryInput.EpochRead(epoch, attempt, summary(shards)));
  }

  /** Returns the summary of an epoch with five events in each of some shards. */
  static EpochSummary summary(int... shards) {
    Map<Integer, Integer> events = new HashMap<>();
    for (int shard : shards) {
      events.put(shard, 5);
    }
    return new EpochSummary(
        new EventCounts(5L * shards.length, 0, 0),
        EventTimeStats.NONE,
        List.of(),
        List.of(),
        events);
  }

  /** Answers the last request to run an epoch. */
  void done(int shard) {
    done(shard, fence(shard), 1);
  }

  void done(int shard, Fence fence, long rows) {
    reply(new ShardReply.Done(shard, fence, rows, 0, NextDue.NEVER, ShardSize.EMPTY, 1, 0));
  }

  /** Returns the fence of the last request to run an epoch. */
  Fence fence(int shard) {
    return fences.getOrDefault(shard, new Fence(0, 0, 0, 0));
  }

  /** Returns the effects since the last call. */
  List<String> effects() {
    List<String> some = List.copyOf(effects);
    effects.clear();
    return some;
  }

  @Override
  public void persist(List<QueryRecord> records) {
    pending = List.copyOf(records);
    effects.add(
        "persist " + records.stream().map(each -> each.getClass().getSimpleName()).toList());
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    effects.add("mark %d before %d".formatted(beginsAfter, before));
  }

  @Override
  public void open(QueryLedger ledger) {
    effects.add("open");
  }

  @Override
  public void startShards(QueryCreated created) {
    effects.add("start shards");
  }

  @Override
  public void restartShard(int shard, long backoffMillis) {
    effects.add("restart %d after %d".formatted(shard, backoffMillis));
  }

  @Override
  public void send(int shard, ShardRequest request) {
    if (request instanceof ShardRequest.RunEpoch run) {
      fences.put(shard, run.fence());
      effects.add("run %d epoch %d".formatted(shard, run.times().epoch()));
    } else {
      effects.add("%s %d".formatted(request.getClass().getSimpleName(), shard));
    }
  }

  @Override
  public void readInitialStates() {
    effects.add("read initial states");
  }

  @Override
  public void askSource(Offsets after, long most) {
    effects.add("ask");
  }

  @Override
  public void askAhead(Offsets after, long most) {
    effects.add("ask ahead");
  }

  @Override
  public void read(EpochPlan plan, long attempt) {
    lastAttempt = attempt;
    effects.add("read " + plan.epoch());
  }

  @Override
  public void routeRows(long epoch, long attempt, int operator) {
    effects.add("route rows of " + operator);
  }

  @Override
  public void writeSink(long epoch, long attempt) {
    effects.add("write " + epoch);
  }

  @Override
  public void discard(long epoch, long attempt) {
    effects.add("discard " + epoch);
  }

  @Override
  public void tellSource(Offsets offsets) {
    effects.add("tell source");
  }

  @Override
  public void wakeAfter(long delayMillis) {
    effects.add("wake after " + delayMillis);
  }

  @Override
  public void cancelWakeUp() {
    effects.add("cancel wake-up");
  }

  @Override
  public void answer(long id, Object answer) {
    effects.add("answer %d %s".formatted(id, answer));
  }

  @Override
  public void publish(QueryNews news) {
    if (news instanceof QueryNews.Progress || news instanceof QueryNews.ShardRestarting) {
      effects.add("publish " + news.getClass().getSimpleName());
    }
  }

  @Override
  public void fail(QueryFailure failure) {
    effects.add("fail " + failure.message());
  }

  @Override
  public void finish() {
    effects.add("finish");
  }
}

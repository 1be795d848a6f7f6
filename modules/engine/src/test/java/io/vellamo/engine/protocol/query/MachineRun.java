package io.vellamo.engine.protocol.query;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochInterval;
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
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.engine.shard.NextDue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A query's machine, with its effects as short texts, and inputs for a query over two shards. */
final class MachineRun implements QueryEffects {
  static final int SHARDS = 2;
  static final ShardRestarts RESTARTS = new ShardRestarts(100, 1_000, 60_000);

  static final RetryPolicy RETRY =
      RetryPolicy.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final SourcePartition PARTITION = new SourcePartition("p");

  private final List<String> effects = new ArrayList<>();
  private final Map<Integer, Fence> fences = new HashMap<>();
  private final Map<Integer, Fence> requests = new HashMap<>();
  private final Map<Integer, ShardRequest.ReadGroups> reads = new HashMap<>();
  private final Map<Long, GroupAnswer> answers = new HashMap<>();
  private final Map<Long, Long> attempts = new HashMap<>();
  // The effects as calls, without arguments except for the classes of records and requests.
  final List<String> calls = new ArrayList<>();
  final QueryMachine machine;
  long wallMillis = 1_000_000;
  long elapsedMillis;
  long lastAttempt;
  long lastMost;
  final List<QueryNews> news = new ArrayList<>();
  QueryState durable = QueryState.EMPTY;
  private List<QueryRecord> pending = List.of();
  private long sequenceNr;

  MachineRun(int operators, Trigger trigger) {
    this(operators, trigger, QueryState.EMPTY);
  }

  /** Creates a machine that will recover a state. */
  MachineRun(int operators, Trigger trigger, QueryState recovered) {
    this(setup(operators, trigger, false), recovered);
  }

  /** Creates a machine that will recover a state. */
  MachineRun(QuerySetup setup, QueryState recovered) {
    durable = recovered;
    machine = new QueryMachine(setup, this);
  }

  static QuerySetup setup(int operators, Trigger trigger, boolean hasInitialStates) {
    return setup(compiled(operators, hasInitialStates), trigger, List.of("source"), null);
  }

  /** Returns a setup of one operator in event time, of which the source has a watermark. */
  static QuerySetup inEventTime(WatermarkStrategy strategy) {
    Stage watermark = new Stage.EventTime(event -> null, strategy);
    CompiledOperator operator =
        CompiledOperator.of(
            group("op", GroupStateTimeout.EVENT_TIME, false),
            true,
            new Route(List.of(), 0, Route.SINK));
    Route first = new Route(List.of(watermark), 0, 0);
    return setup(
        new CompiledQuery(List.of(first), List.of(operator), false),
        Trigger.asap(),
        List.of("source"),
        null);
  }

  static QuerySetup setup(
      CompiledQuery compiled, Trigger trigger, List<String> sources, @Nullable Long pollMillis) {
    return setup(compiled, trigger, sources, pollMillis, 0);
  }

  /** Returns a setup of one operator whose sink has a writer for each shard. */
  static QuerySetup inRanges() {
    return setup(compiled(1, false), Trigger.asap(), List.of("source"), null, SHARDS);
  }

  static QuerySetup setup(
      CompiledQuery compiled,
      Trigger trigger,
      List<String> sources,
      @Nullable Long pollMillis,
      int sinkRanges) {
    return setup(compiled, trigger, sources, pollMillis, sinkRanges, EpochInterval.none());
  }

  /** Returns a setup of one operator, with an interval between the starts of epochs. */
  static QuerySetup withInterval(Trigger trigger, Duration interval) {
    EpochInterval between = EpochInterval.of(interval);
    return setup(compiled(1, false), trigger, List.of("source"), null, 0, between);
  }

  private static QuerySetup setup(
      CompiledQuery compiled,
      Trigger trigger,
      List<String> sources,
      @Nullable Long pollMillis,
      int sinkRanges,
      EpochInterval interval) {
    return new QuerySetup(
        "q",
        new UUID(0, 1),
        new UUID(0, 2),
        compiled,
        trigger,
        WatermarkPolicy.MIN,
        SHARDS,
        "",
        List.of(),
        sources,
        "sink",
        compiled.watermarks().isEmpty() ? List.of() : List.of("source"),
        pollMillis,
        sinkRanges,
        EpochSize.fixed(10, 1),
        interval,
        RESTARTS,
        RETRY,
        HotKeyOptions.NONE);
  }

  /** Returns a chain of operators behind one source. */
  static CompiledQuery compiled(int operators, boolean hasInitialStates) {
    List<CompiledOperator> compiled = new ArrayList<>();
    for (int index = 0; index < operators; index++) {
      int next = index + 1 == operators ? Route.SINK : index + 1;
      compiled.add(
          CompiledOperator.of(
              group("op" + index, GroupStateTimeout.PROCESSING_TIME, hasInitialStates),
              false,
              new Route(List.of(), 0, next)));
    }
    Route first = new Route(List.of(), 0, operators == 0 ? Route.SINK : 0);
    return new CompiledQuery(List.of(first), compiled, false);
  }

  /** Returns an operator that emits the whole result in every epoch. */
  static CompiledQuery emittingWholeResult() {
    AggregationCode code =
        new AggregationCode(Optional.empty(), List.of(), (key, window, buffers) -> "row");
    StatefulOperator operator = code.operator(code.operator(false), OutputMode.COMPLETE);
    Stage.Group stage = new Stage.Group(event -> event, Optional.empty(), operator, code);
    return new CompiledQuery(
        List.of(new Route(List.of(), 0, 0)),
        List.of(CompiledOperator.of(stage, false, new Route(List.of(), 0, Route.SINK))),
        false);
  }

  private static Stage.Group group(
      String name, GroupStateTimeout timeout, boolean hasInitialStates) {
    FlatMapGroupsWithStateFunction<Object, Object, Integer, String> none =
        (key, events, state) -> Collections.emptyIterator();
    StatefulOperator operator =
        new StatefulOperator(
            name,
            Optional.empty(),
            OutputMode.APPEND,
            timeout,
            StateType.of(Integer.class),
            hasInitialStates
                ? Optional.of(InitialState.of(Integer.class, Map.of()))
                : Optional.empty(),
            DeclaredState.NONE,
            Set.of());
    return new Stage.Group(
        event -> event, Optional.empty(), operator, new GroupCode.Function(none));
  }

  /** Begins the run, up to the first question to the source. */
  MachineRun begin() {
    on(new QueryInput.Recovered(durable));
    journaled();
    on(new QueryInput.Opened());
    for (int shard = 0; machine.state() == QueryMachine.State.STARTING; shard++) {
      opened(shard, 1);
    }
    return this;
  }

  void on(QueryInput input) {
    machine.on(input, Now.ofMillis(wallMillis, elapsedMillis));
  }

  /** Acknowledges the last write. */
  void journaled() {
    durable = durable.after(pending);
    sequenceNr += pending.size();
    pending = List.of();
    on(new QueryInput.Journaled(sequenceNr));
  }

  void opened(int shard, long owner) {
    opened(shard, durable.created() == null ? 1 : durable.knownLedger().incarnation(), owner);
  }

  void opened(int shard, long incarnation, long owner) {
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

  void routed(long epoch, int... shards) {
    on(new QueryInput.RowsRouted(epoch, attempt(epoch), summary(shards)));
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
    done(shard, fence, rows, NextDue.NEVER);
  }

  void done(int shard, Fence fence, long rows, NextDue due) {
    reply(new ShardReply.Done(shard, fence, rows, 0, due, ShardSize.EMPTY, 1, 0, ShardWork.NONE));
  }

  /** Sends a page of the last request to run an epoch. */
  void page(int shard, int number) {
    reply(new ShardReply.Page(shard, fence(shard), number));
  }

  /** Completes the taking of a page. */
  void pageTaken(int shard, int number) {
    Fence fence = fence(shard);
    on(new QueryInput.PageTaken(shard, fence.epoch(), fence.attempt(), number));
  }

  void lost(int shard) {
    on(new QueryInput.ShardLost(shard, new Problem(1, "unreachable"), true));
  }

  void request(QueryRequest... some) {
    on(new QueryInput.Requested(List.of(some)));
  }

  /** Returns the fence of the last request to run an epoch. */
  Fence fence(int shard) {
    return fences.getOrDefault(shard, new Fence(0, 0, 0, 0));
  }

  /** Returns the last attempt to read an epoch; 99 if there is none. */
  long attempt(long epoch) {
    return attempts.getOrDefault(epoch, 99L);
  }

  /** Returns the answers to requests for groups. */
  Map<Long, GroupAnswer> answers() {
    return answers;
  }

  GroupAnswer answer(long id) {
    return Objects.requireNonNull(answers.get(id), "answer");
  }

  /** Returns the last request to a shard for groups. */
  ShardRequest.ReadGroups groupsRequest(int shard) {
    return Objects.requireNonNull(reads.get(shard), "read");
  }

  /** Returns the fence of the last request to a shard for groups. */
  Fence request(int shard) {
    return requests.getOrDefault(shard, new Fence(0, 0, 0, 99));
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
    List<String> names = records.stream().map(each -> each.getClass().getSimpleName()).toList();
    effects.add("persist " + names);
    calls.add("persist(%s)".formatted(String.join(",", names)));
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    calls.add("markSnapshot");
    effects.add("mark %d before %d".formatted(beginsAfter, before));
  }

  @Override
  public void open(QueryLedger ledger, int ranges) {
    calls.add("open");
    effects.add("open");
  }

  @Override
  public void startShards(QueryCreated created) {
    calls.add("startShards");
    effects.add("start shards");
  }

  @Override
  public void restartShard(int shard, long backoffMillis) {
    calls.add("restartShard");
    effects.add("restart %d after %d".formatted(shard, backoffMillis));
  }

  @Override
  public void send(int shard, ShardRequest request) {
    calls.add("send(%s)".formatted(request.getClass().getSimpleName()));
    if (request instanceof ShardRequest.RequestParks parks) {
      requests.put(shard, parks.fence());
    } else if (request instanceof ShardRequest.ListParked list) {
      requests.put(shard, list.fence());
    } else if (request instanceof ShardRequest.ReadGroups read) {
      requests.put(shard, read.fence());
      reads.put(shard, read);
    }
    if (request instanceof ShardRequest.SendRows again) {
      fences.put(shard, again.fence());
    }
    if (request instanceof ShardRequest.NextPage next) {
      effects.add("NextPage %d of %d".formatted(next.number(), shard));
    } else if (request instanceof ShardRequest.RunEpoch run) {
      fences.put(shard, run.fence());
      String all = run.wholeResult() ? " for the whole result" : "";
      effects.add("run %d epoch %d%s".formatted(shard, run.times().epoch(), all));
    } else {
      effects.add("%s %d".formatted(request.getClass().getSimpleName(), shard));
    }
  }

  @Override
  public void readInitialStates() {
    calls.add("readInitialStates");
    effects.add("read initial states");
  }

  @Override
  public void askSource(Offsets after, long most) {
    lastMost = most;
    calls.add("askSource");
    effects.add("ask");
  }

  @Override
  public void askAhead(Offsets after, long most) {
    calls.add("askAhead");
    effects.add("ask ahead");
  }

  @Override
  public void read(EpochPlan plan, long attempt, boolean hasParked) {
    calls.add("read");
    lastAttempt = attempt;
    attempts.put(plan.epoch(), attempt);
    effects.add("read " + plan.epoch());
  }

  @Override
  public void takePage(int shard, long epoch, long attempt, int number) {
    calls.add("takePage");
    effects.add("take page %d of %d".formatted(number, shard));
  }

  @Override
  public void routeRows(long epoch, long attempt, int operator) {
    calls.add("routeRows");
    effects.add("route rows of " + operator);
  }

  @Override
  public void writeSink(long epoch, long attempt) {
    calls.add("writeSink");
    effects.add("write " + epoch);
  }

  @Override
  public void writeRange(int range, long epoch, long attempt) {
    calls.add("writeRange");
    effects.add("write range %d of %d".formatted(range, epoch));
  }

  @Override
  public void commitRange(int range, long epoch) {
    calls.add("commitRange");
    effects.add("commit range %d of %d".formatted(range, epoch));
  }

  @Override
  public void discard(long epoch, long attempt) {
    calls.add("discard");
    effects.add("discard " + epoch);
  }

  @Override
  public void tellSource(Offsets offsets) {
    calls.add("tellSource");
    effects.add("tell source");
  }

  @Override
  public void pause(long millis) {
    calls.add("pause");
    effects.add("pause " + millis);
  }

  @Override
  public void wakeAfter(long delayMillis) {
    calls.add("wakeAfter");
    effects.add("wake after " + delayMillis);
  }

  @Override
  public void cancelWakeUp() {
    calls.add("cancelWakeUp");
    effects.add("cancel wake-up");
  }

  @Override
  public void answer(long id, Object answer) {
    calls.add("answer");
    if (answer instanceof GroupAnswer groups) {
      answers.put(id, groups);
      effects.add("answer " + id);
    } else {
      effects.add("answer %d %s".formatted(id, answer));
    }
  }

  @Override
  public void publish(QueryNews some) {
    news.add(some);
    if (some instanceof QueryNews.Progress
        || some instanceof QueryNews.ShardRestarting
        || some instanceof QueryNews.CallFailed
        || some instanceof QueryNews.OutageEnded) {
      effects.add("publish " + some.getClass().getSimpleName());
      calls.add("publish(%s)".formatted(some.getClass().getSimpleName()));
    }
  }

  @Override
  public void fail(QueryFailure failure) {
    calls.add("fail");
    effects.add("fail " + failure.message());
  }

  @Override
  public void finish() {
    calls.add("finish");
    effects.add("finish");
  }
}

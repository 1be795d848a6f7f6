package io.vellamo.engine;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.Decision;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochPlanner;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.epoch.RunSoFar;
import io.vellamo.engine.epoch.WatermarkRule;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardLedger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A whole query without actors, journal or clock: sessions of readings, drained at the end. */
final class QuerySimulation {
  static final long DELAY_MILLIS = 60_000;

  private static final long GAP_MILLIS = 10_000;
  private static final int SHARDS = 3;
  private static final SourcePartition PARTITION = new SourcePartition("readings");

  /** An event. */
  record Reading(long key, long timeMillis) {}

  private final List<Reading> readings;
  private final CompiledQuery query;
  private final GroupStep<Object, Reading, long[], String> step;
  private final WatermarkRule rule;
  private final EpochPlanner planner;
  private final List<ShardLedger> shards = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();
  private QueryLedger ledger = QueryLedger.created(new UUID(0, 0), SHARDS);

  QuerySimulation(List<Reading> readings) {
    this.readings = readings;
    StatefulOperator operator =
        new StatefulOperator(
            "sessions",
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            StateType.of(long[].class));
    WatermarkStrategy strategy = WatermarkStrategy.delay(Duration.ofMillis(DELAY_MILLIS));
    rule = new WatermarkRule(List.of(strategy), WatermarkPolicy.MIN);
    planner = new EpochPlanner(Trigger.drain(), true, rule);
    Route input =
        new Route(
            List.of(
                new Stage.EventTime(
                    reading -> Instant.ofEpochMilli(((Reading) reading).timeMillis), strategy)),
            0,
            0);
    Stage.Group group =
        new Stage.Group(
            reading -> ((Reading) reading).key,
            Optional.empty(),
            operator,
            new GroupCode.Function((key, events, state) -> List.of().iterator()));
    query =
        new CompiledQuery(
            List.of(input),
            List.of(CompiledOperator.of(group, true, new Route(List.of(), 0, Route.SINK))),
            false);
    step =
        new GroupStep<>(
            new GroupOperator<>(
                GroupStateTimeout.EVENT_TIME,
                true,
                new FunctionOperator<>(QuerySimulation::sessions),
                new Keys(),
                TestCodecs.TIMES,
                new Texts()));
    for (int shard = 0; shard < SHARDS; shard++) {
      shards.add(new ShardLedger(GroupStateTimeout.EVENT_TIME));
    }
  }

  /** Runs to the end with epochs of the given sizes, used over and over. */
  void run(List<Integer> split) {
    run(split, false);
  }

  /** Runs each epoch once more after its shards hold it, as after a crash before the commit. */
  void runEachEpochTwice(List<Integer> split) {
    run(split, true);
  }

  List<String> rows() {
    return rows;
  }

  EventCounts total() {
    return ledger.total();
  }

  long eventsInRows() {
    return rows.stream().mapToLong(row -> Long.parseLong(row.split(" ", -1)[2])).sum();
  }

  int groupsLeft() {
    return shards.stream().mapToInt(shard -> shard.groups().size()).sum();
  }

  private void run(List<Integer> split, boolean twice) {
    for (int turn = 0; ; turn++) {
      Decision decision =
          planner.next(
              ledger,
              new RunSoFar(turn, turn > 0),
              offer(split.get(turn % split.size())),
              NextDue.NEVER,
              turn * 1000L);
      if (!(decision instanceof Decision.Run run)) {
        return;
      }
      EpochPlan plan = run.plan();
      ledger = ledger.planned(plan);
      RoutedEpoch routed = route(plan);
      List<String> emitted = runShards(routed);
      if (twice) {
        emitted = runShards(route(plan));
      }
      rows.addAll(emitted);
      ledger = ledger.committed(rule.commit(ledger, plan, routed.seen(), routed.events()));
    }
  }

  private List<OffsetRange> offer(int size) {
    long from = ledger.offsets().of(PARTITION).orElse(0);
    long until = Math.min(readings.size(), from + size);
    return from == until ? List.of() : List.of(new OffsetRange(PARTITION, from, until));
  }

  private RoutedEpoch route(EpochPlan plan) {
    EpochRouter router = new EpochRouter(query, List.of(new Keys()), SHARDS, plan);
    for (OffsetRange range : plan.ranges()) {
      for (long offset = range.from(); offset < range.until(); offset++) {
        router.event(readings.get((int) offset), 0, offset);
      }
    }
    return router.finish();
  }

  private List<String> runShards(RoutedEpoch routed) {
    List<String> emitted = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      ShardLedger kept = shards.get(shard);
      if (kept.lastEpoch() != routed.plan().epoch()) {
        ShardEvents events = routed.shards().getOrDefault(shard, new ShardEvents(false));
        runShard(kept, events.byGroup(), routed.plan());
      }
      if (kept.lastEpoch() == routed.plan().epoch()) {
        kept.lastRows().forEach(row -> emitted.add(new Texts().read(row)));
      }
    }
    return emitted;
  }

  private void runShard(ShardLedger kept, List<GroupBatch<Object>> groups, EpochPlan plan) {
    List<GroupChange> changes = new ArrayList<>();
    Set<GroupKey> called = new HashSet<>();
    try {
      for (GroupBatch<Object> batch : groups) {
        called.add(batch.key());
        take(step.onEvents(batch, kept.entry(batch.key()), null, plan.times()), changes);
      }
      for (GroupKey key : kept.due(plan.times())) {
        if (!called.contains(key)) {
          take(step.onTimeout(key, kept.entry(key), null, plan.times()), changes);
        }
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    if (!changes.isEmpty()) {
      kept.apply(new ShardChange(1, plan.epoch(), changes));
    }
  }

  private static void take(StepOutcome outcome, List<GroupChange> changes) {
    if (!outcome.change().isNothing()) {
      changes.add(outcome.change());
    }
  }

  /** Keeps all times of a group in order; emits the runs that the watermark has left behind. */
  private static Iterator<String> sessions(
      Object key, Iterator<Reading> events, GroupState<long[]> state) {
    List<Long> times = new ArrayList<>();
    for (long time : state.optional().orElse(new long[0])) {
      times.add(time);
    }
    events.forEachRemaining(reading -> times.add(reading.timeMillis));
    times.sort(null);
    Instant watermark = state.currentWatermark();
    List<String> closed = new ArrayList<>();
    int begin = 0;
    for (int end = 1; end <= times.size(); end++) {
      boolean isBreak = end == times.size() || times.get(end) - times.get(end - 1) > GAP_MILLIS;
      if (isBreak) {
        Instant close = Instant.ofEpochMilli(times.get(end - 1) + GAP_MILLIS);
        if (!close.isBefore(watermark)) {
          state.update(times.subList(begin, times.size()).stream().mapToLong(t -> t).toArray());
          state.setTimeoutTimestamp(close);
          return closed.iterator();
        }
        closed.add(key + " " + times.get(begin) + " " + (end - begin));
        begin = end;
      }
    }
    state.remove();
    return closed.iterator();
  }

  private static final class Keys implements KeyCodec {
    @Override
    public GroupKey write(@Nullable Object key) {
      return GroupKey.of(String.valueOf(key).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Object read(GroupKey key) {
      return Long.valueOf(new String(key.bytes(), StandardCharsets.UTF_8));
    }
  }

  private static final class Texts implements ValueCodec {
    @Override
    public StoredValue write(Object row) {
      return new StoredValue("text", row.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String read(StoredValue row) {
      return new String(row.bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public boolean isCopied(Object value) {
      return !isFixed(value);
    }

    @Override
    public boolean isFixed(Object value) {
      return value instanceof String;
    }
  }
}

package io.vellamo.benchmarks.jmh;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.benchmarks.workload.DrawnEvents;
import io.vellamo.benchmarks.workload.Event;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The routing of an epoch's 10,000 events, with their event times, to 32 shards. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EpochRouterBenchmark {
  private static final int EVENTS = 10_000;
  private static final int SHARDS = 32;

  private final CompiledQuery query = MeasuredOperator.SESSIONS.query();
  private final List<KeyCodec> keyCodecs = List.of(new StandardKeyCodec());
  private final EpochPlan plan =
      new EpochPlan(
          List.of(new OffsetRange(new SourcePartition("events"), 0, EVENTS)),
          new EpochTimes(1, 0, Watermark.NONE, Watermark.NONE));

  /** The number of keys that the events' keys are drawn from. */
  @Param({"1000", "100000"})
  private int keys;

  private List<Event> events;

  /** Draws the events. */
  @Setup
  public void prepare() {
    DrawnEvents drawn = new DrawnEvents(EpochFeed.data(keys));
    events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(drawn.next());
    }
  }

  /** Routes the epoch and groups the events by key, as the shards do. */
  @Benchmark
  public List<List<GroupBatch<Object>>> routeByGroup() {
    List<List<GroupBatch<Object>>> groups = new ArrayList<>(SHARDS);
    route().shards().values().forEach(shard -> groups.add(shard.byGroup()));
    return groups;
  }

  /** Routes the epoch. */
  @Benchmark
  public RoutedEpoch route() {
    EpochRouter router = new EpochRouter(query, keyCodecs, SHARDS, plan);
    for (int i = 0; i < EVENTS; i++) {
      router.event(events.get(i), 0, i);
    }
    return router.finish();
  }
}

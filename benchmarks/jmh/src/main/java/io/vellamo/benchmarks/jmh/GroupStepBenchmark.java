package io.vellamo.benchmarks.jmh;

import static java.util.Objects.requireNonNull;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
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

/** A call of one group with its events of an epoch, between one and two on average. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GroupStepBenchmark {
  private record Call(GroupBatch<Object> batch, GroupEntry entry) {}

  @Param private MeasuredOperator operator;

  private GroupStep<?, ?, ?, ?> step;
  private EpochTimes times;
  private Ring<Call> calls;

  /** Takes the calls of an epoch of a filled shard. */
  @Setup
  public void prepare() throws Exception {
    EpochFeed feed = new EpochFeed(operator);
    BareShard shard = BareShard.filled(operator, feed);
    RoutedEpoch epoch = feed.next();
    List<Call> all = new ArrayList<>();
    for (EpochCall call : shard.eventCalls(epoch)) {
      all.add(new Call(requireNonNull(call.batch()), call.entry()));
    }
    step = new GroupStep<>(operator.operator());
    times = epoch.plan().times();
    calls = new Ring<>(all);
  }

  /** Calls a group. */
  @Benchmark
  public StepOutcome call() throws Exception {
    Call call = calls.next();
    call.batch.rewind();
    return step.onEvents(call.batch, call.entry, null, times);
  }
}

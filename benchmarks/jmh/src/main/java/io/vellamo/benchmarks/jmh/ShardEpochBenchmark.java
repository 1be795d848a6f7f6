package io.vellamo.benchmarks.jmh;

import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.ShardChange;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A shard's whole epoch in the engine: grouping its events by key, the calls, their changes, and
 * the ledger with its timers. Each call runs the next epoch; routing it is not timed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ShardEpochBenchmark {
  @Param private MeasuredOperator operator;

  private EpochFeed feed;
  private BareShard shard;
  private RoutedEpoch epoch;

  /** Fills a shard. */
  @Setup
  public void prepare() throws Exception {
    feed = new EpochFeed(operator);
    shard = BareShard.filled(operator, feed);
  }

  /**
   * Draws the next epoch, so that none runs twice. JMH's overhead for that is small compared to an
   * epoch, but its profilers include the drawing.
   */
  @Setup(Level.Invocation)
  public void draw() {
    epoch = feed.next();
  }

  /** Runs the epoch. */
  @Benchmark
  public ShardChange epoch() throws Exception {
    return shard.run(epoch);
  }
}

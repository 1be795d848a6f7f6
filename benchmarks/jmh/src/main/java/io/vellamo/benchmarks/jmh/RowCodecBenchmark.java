package io.vellamo.benchmarks.jmh;

import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.shard.ShardChange;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The writing and reading of one row of five numbers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowCodecBenchmark {
  private ValueCodec codec;
  private Ring<Object> rows;
  private Ring<StoredValue> written;

  /** Takes the rows of an epoch. */
  @Setup
  public void prepare() throws Exception {
    codec = MeasuredOperator.SESSIONS.operator().rowCodec();
    EpochFeed feed = new EpochFeed(MeasuredOperator.SESSIONS);
    ShardChange change = BareShard.filled(MeasuredOperator.SESSIONS, feed).run(feed.next());
    List<StoredValue> all =
        change.groups().stream().flatMap(group -> group.rows().stream()).toList();
    written = new Ring<>(all);
    rows = new Ring<>(all.stream().map(codec::read).toList());
  }

  /** Writes a row. */
  @Benchmark
  public StoredValue write() {
    return codec.write(rows.next());
  }

  /** Reads a row. */
  @Benchmark
  public Object read() {
    return codec.read(written.next());
  }
}

package io.vellamo.benchmarks.jmh;

import io.vellamo.benchmarks.workload.DrawnEvents;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * The writing, with the hash that chooses the shard, and reading of one grouping key, a {@code
 * Long}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyCodecBenchmark {
  private static final int COUNT = 2_000;

  private final KeyCodec codec = new StandardKeyCodec();
  private Ring<Long> keys;
  private Ring<GroupKey> written;

  /** Takes the keys of some events. */
  @Setup
  public void prepare() {
    DrawnEvents events = new DrawnEvents(EpochFeed.data(EpochFeed.KEYS));
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      all.add(events.next().key());
    }
    keys = new Ring<>(all);
    written = new Ring<>(all.stream().map(codec::write).toList());
  }

  /** Writes a key. */
  @Benchmark
  public GroupKey write() {
    return codec.write(keys.next());
  }

  /** Reads a key. */
  @Benchmark
  public @Nullable Object read() {
    return codec.read(written.next());
  }
}

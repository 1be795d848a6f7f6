package io.vellamo.benchmarks.jmh;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.StateCodec;
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

/** The writing and reading of one state of a group, in record form and by Jackson. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StateCodecBenchmark {
  /** Forms of states. */
  public enum Form {
    /** Components in their order, by generated code. */
    RECORD,
    /** CBOR with names. */
    JACKSON
  }

  @Param private MeasuredOperator operator;
  @Param private Form form;

  private StateCodec<Object> codec;
  private Ring<Object> states;
  private Ring<byte[]> written;

  /** Takes the states of a filled shard. */
  @Setup
  public void prepare() throws Exception {
    StateCodec<Object> stored = operator.operator().stateCodec();
    codec = form == Form.RECORD ? stored : operator.jacksonCodec();
    List<Object> all = new ArrayList<>();
    BareShard shard = BareShard.filled(operator, new EpochFeed(operator));
    for (GroupEntry entry : shard.ledger().groups().values()) {
      byte[] state = entry.state();
      if (state != null) {
        all.add(stored.read(state));
      }
    }
    states = new Ring<>(all);
    written = new Ring<>(all.stream().map(codec::write).toList());
  }

  /** Writes a state. */
  @Benchmark
  public byte[] write() {
    return codec.write(states.next());
  }

  /** Reads a state. */
  @Benchmark
  public Object read() {
    return codec.read(written.next());
  }
}

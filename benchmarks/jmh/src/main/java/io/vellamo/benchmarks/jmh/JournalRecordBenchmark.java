package io.vellamo.benchmarks.jmh;

import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.shard.SnapshotCycle;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.persistence.journal.JournalSerializer;
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

/**
 * The serialization of a shard's journal records: an epoch's changes of about 2,000 groups, and a
 * part of a snapshot with all of the shard's groups. States and rows are serialized already.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalRecordBenchmark {
  /** The default of {@code vellamo.journal.max-record-size}. */
  static final long MAX_RECORD_BYTES = 1024 * 1024;

  private final JournalSerializer serializer = new JournalSerializer();

  @Param private MeasuredOperator operator;

  private JournalEntry<?> epoch;
  private JournalEntry<?> snapshot;
  private byte[] epochBytes;
  private byte[] snapshotBytes;

  /** Takes an epoch and a snapshot of a filled shard. */
  @Setup
  public void prepare() throws Exception {
    EpochFeed feed = new EpochFeed(operator);
    BareShard shard = BareShard.filled(operator, feed);
    epoch = new JournalEntry<>(2, 1, new ShardChanged(shard.run(feed.next())));
    SnapshotPart part = SnapshotCycle.begin(shard.ledger()).next(shard.ledger(), MAX_RECORD_BYTES);
    snapshot = new JournalEntry<>(3, 1, new ShardSnapshotPart(1, part));
    epochBytes = serializer.toBinary(epoch);
    snapshotBytes = serializer.toBinary(snapshot);
  }

  /** Writes an epoch. */
  @Benchmark
  public byte[] writeEpoch() {
    return serializer.toBinary(epoch);
  }

  /** Reads an epoch. */
  @Benchmark
  public Object readEpoch() {
    return serializer.fromBinary(epochBytes, serializer.manifest(epoch));
  }

  /** Writes a part of a snapshot. */
  @Benchmark
  public byte[] writeSnapshot() {
    return serializer.toBinary(snapshot);
  }

  /** Reads a part of a snapshot. */
  @Benchmark
  public Object readSnapshot() {
    return serializer.fromBinary(snapshotBytes, serializer.manifest(snapshot));
  }
}

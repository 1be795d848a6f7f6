package io.vellamo.cluster.shard;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sink that only notes the calls of its writers, of which the next one may fail. */
final class LoggedRanges implements ParallelSink<String> {
  final List<String> calls = new ArrayList<>();
  boolean holds = true;
  @Nullable Exception failure;

  @Override
  public String description() {
    return "LoggedRanges";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.TRANSACTIONAL;
  }

  @Override
  public ShardWriter<String> open(SinkContext context, ShardRange shards, long owner)
      throws Exception {
    log("open %s after %d by %d".formatted(shards, context.committedEpoch(), owner));
    return new Writer(owner);
  }

  private void log(String call) throws Exception {
    calls.add(call);
    Exception thrown = failure;
    failure = null;
    if (thrown != null) {
      throw thrown;
    }
  }

  private final class Writer implements ShardWriter<String> {
    private final long owner;

    Writer(long owner) {
      this.owner = owner;
    }

    @Override
    public void write(EpochRows<? extends String> rows) throws Exception {
      List<String> some = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        some.add(rows.row(i));
      }
      log("write %d %s".formatted(rows.epoch(), some));
    }

    @Override
    public boolean holds(long epoch) {
      return holds;
    }

    @Override
    public void commit(long epoch) throws Exception {
      log("commit %d".formatted(epoch));
    }

    @Override
    public void close() {
      calls.add("close of %d".formatted(owner));
    }
  }
}

package io.vellamo.engine.io;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A sink in memory with a writer per range of shards, which records their calls. */
final class RangeListSink implements ParallelSink<Object> {
  final List<String> calls = new ArrayList<>();
  final List<String> rows = new ArrayList<>();
  // What the store says of the rows of an epoch.
  boolean holds = true;
  // The range that can't be opened; -1 for none.
  int closedFrom = -1;

  @Override
  public String description() {
    return "ranges";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.TRANSACTIONAL;
  }

  @Override
  public ShardWriter<Object> open(SinkContext context, ShardRange shards, long owner) {
    calls.add("open " + shards.first() + " after " + context.committedEpoch());
    if (shards.first() == closedFrom) {
      throw new IllegalStateException("can't be opened");
    }
    return new ShardWriter<>() {
      @Override
      public void write(EpochRows<?> written) {
        calls.add("write " + shards.first() + " " + written.epoch());
        for (int i = 0; i < written.size(); i++) {
          rows.add(written.id(i) + " " + written.row(i));
        }
      }

      @Override
      public boolean holds(long epoch) {
        return holds;
      }

      @Override
      public void commit(long epoch) {
        calls.add("commit " + shards.first() + " " + epoch);
      }

      @Override
      public Map<String, Long> metrics() {
        return Map.of("rowsWritten", (long) rows.size(), "slowestMillis", 10L + shards.first());
      }

      @Override
      public void close() {
        calls.add("close " + shards.first());
      }
    };
  }
}

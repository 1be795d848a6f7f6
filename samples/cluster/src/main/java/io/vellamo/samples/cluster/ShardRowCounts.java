package io.vellamo.samples.cluster;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sink that counts the rows that this node writes, by shard: rows are written where their shard
 * is.
 */
final class ShardRowCounts<U> implements ParallelSink<U> {
  private final ParallelSink<U> sink;
  private final Map<Integer, Long> rows = new ConcurrentHashMap<>();

  ShardRowCounts(ParallelSink<U> sink) {
    this.sink = sink;
  }

  /** Returns the rows by shard. */
  Map<Integer, Long> rows() {
    return Map.copyOf(rows);
  }

  @Override
  public String description() {
    return sink.description();
  }

  @Override
  public SinkGuarantee guarantee() {
    return sink.guarantee();
  }

  @Override
  public NodeAccess nodeAccess() {
    return sink.nodeAccess();
  }

  @Override
  public ShardWriter<U> open(SinkContext context, ShardRange shards, long owner) throws Exception {
    return new Writer(sink.open(context, shards, owner));
  }

  private final class Writer implements ShardWriter<U> {
    private final ShardWriter<U> writer;

    Writer(ShardWriter<U> writer) {
      this.writer = writer;
    }

    @Override
    public void write(EpochRows<? extends U> written) throws Exception {
      writer.write(written);
      for (int i = 0; i < written.size(); i++) {
        rows.merge(written.id(i).shard(), 1L, Long::sum);
      }
    }

    @Override
    public boolean holds(long epoch) throws Exception {
      return writer.holds(epoch);
    }

    @Override
    public void commit(long epoch) throws Exception {
      writer.commit(epoch);
    }

    @Override
    public Map<String, Long> metrics() {
      return writer.metrics();
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}

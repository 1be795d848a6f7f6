package io.vellamo.checks.outages;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.checks.outages.KillPoint.Step;

/** A sink in ranges that passes the steps at which the process may be killed. */
record KillingRanges<U>(String query, ParallelSink<U> sink, KillPoint point)
    implements ParallelSink<U> {
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
    // The last epoch that has rows in this range.
    private long withRows;

    Writer(ShardWriter<U> writer) {
      this.writer = writer;
    }

    @Override
    public void write(EpochRows<? extends U> rows) throws Exception {
      if (rows.size() > 0) {
        withRows = rows.epoch();
        point.pass(query, Step.BEFORE_WRITE);
      }
      writer.write(rows);
      if (rows.size() > 0) {
        point.pass(query, Step.AFTER_WRITE);
      }
    }

    @Override
    public boolean holds(long epoch) throws Exception {
      return writer.holds(epoch);
    }

    @Override
    public void commit(long epoch) throws Exception {
      if (epoch == withRows) {
        point.pass(query, Step.BEFORE_COMMIT);
      }
      writer.commit(epoch);
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}

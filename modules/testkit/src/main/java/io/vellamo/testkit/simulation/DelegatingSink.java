package io.vellamo.testkit.simulation;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.engine.pipeline.PreparedQuery;

/**
 * The base of sinks through which rows pass to another one: written by one writer, or in ranges, as
 * the other one is.
 */
abstract class DelegatingSink {
  /** The next sink. */
  @FunctionalInterface
  interface Next {
    void write(EpochRows<?> rows) throws Exception;
  }

  private final RowSink<Object> sink;

  @SuppressWarnings("unchecked") // the query gives the sink rows of its type
  DelegatingSink(RowSink<?> actual) {
    this.sink =
        actual instanceof ParallelSink<?> ranges
            ? new Ranges((ParallelSink<Object>) ranges)
            : new One((RowSink<Object>) actual);
  }

  /** Returns a query with this sink. */
  final QueryPlan in(QueryPlan plan) {
    return plan.withSink(sink);
  }

  /** Returns a prepared query with this sink. */
  final PreparedQuery in(PreparedQuery query) {
    return new PreparedQuery(
        in(query.plan()), query.compiled(), query.operators(), query.eventCodec(), query.names());
  }

  /** Passes the rows of an epoch on; those of a sink with one writer are of all shards. */
  void write(ShardRange range, EpochRows<?> rows, Next next) throws Exception {
    next.write(rows);
  }

  /** Returns the owner for which a range is opened. */
  long owner(long owner) {
    return owner;
  }

  private final class One implements RowSink<Object> {
    private final RowSink<Object> actual;

    One(RowSink<Object> actual) {
      this.actual = actual;
    }

    @Override
    public String description() {
      return actual.description();
    }

    @Override
    public SinkGuarantee guarantee() {
      return actual.guarantee();
    }

    @Override
    public NodeAccess nodeAccess() {
      return actual.nodeAccess();
    }

    @Override
    public SinkWriter<Object> open(SinkContext context) throws Exception {
      SinkWriter<Object> writer = actual.open(context);
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<? extends Object> rows) throws Exception {
          DelegatingSink.this.write(ShardRange.ALL, rows, writer::write);
        }

        @Override
        public void close() {
          writer.close();
        }
      };
    }
  }

  private final class Ranges implements ParallelSink<Object> {
    private final ParallelSink<Object> actual;

    Ranges(ParallelSink<Object> actual) {
      this.actual = actual;
    }

    @Override
    public String description() {
      return actual.description();
    }

    @Override
    public SinkGuarantee guarantee() {
      return actual.guarantee();
    }

    @Override
    public NodeAccess nodeAccess() {
      return actual.nodeAccess();
    }

    @Override
    public ShardWriter<Object> open(SinkContext context, ShardRange range, long owner)
        throws Exception {
      ShardWriter<Object> writer = actual.open(context, range, owner(owner));
      return new ShardWriter<>() {
        @Override
        public void write(EpochRows<? extends Object> rows) throws Exception {
          DelegatingSink.this.write(range, rows, writer::write);
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
        public void close() {
          writer.close();
        }
      };
    }
  }
}

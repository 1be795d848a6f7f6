package io.vellamo.checks.outages;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.checks.outages.KillPoint.Step;

/** A sink with one writer that passes the steps at which the process may be killed. */
record KillingSink<U>(String query, RowSink<U> sink, KillPoint point) implements RowSink<U> {
  /** Returns a sink around another one, in ranges if that is. */
  static <U> RowSink<U> around(String query, RowSink<U> sink, KillPoint point) {
    return sink instanceof ParallelSink<U> ranges
        ? new KillingRanges<>(query, ranges, point)
        : new KillingSink<>(query, sink, point);
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
  public SinkWriter<U> open(SinkContext context) throws Exception {
    SinkWriter<U> writer = sink.open(context);
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends U> rows) throws Exception {
        if (rows.size() > 0) {
          point.pass(query, Step.BEFORE_WRITE);
        }
        writer.write(rows);
        if (rows.size() > 0) {
          point.pass(query, Step.AFTER_WRITE);
          point.pass(query, Step.BEFORE_COMMIT);
        }
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }
}

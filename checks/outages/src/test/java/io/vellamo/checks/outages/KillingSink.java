package io.vellamo.checks.outages;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;

/** A sink around the one of a query that passes the steps at which the process may be killed. */
record KillingSink<U>(String query, RowSink<U> sink, KillPoint point) implements RowSink<U> {
  @Override
  public String description() {
    return sink.description();
  }

  @Override
  public SinkGuarantee guarantee() {
    return sink.guarantee();
  }

  @Override
  public SinkWriter<U> open(SinkContext context) throws Exception {
    SinkWriter<U> writer = sink.open(context);
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends U> rows) throws Exception {
        if (rows.size() > 0) {
          point.pass(query, KillPoint.Step.BEFORE_WRITE);
        }
        writer.write(rows);
        if (rows.size() > 0) {
          point.pass(query, KillPoint.Step.AFTER_WRITE);
        }
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }
}

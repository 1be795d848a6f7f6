package io.vellamo.actors.crash;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;

/** A sink that passes the steps it can see, in epochs that have rows. */
record CrashingSink<U>(RowSink<U> sink, CrashPoint crash) implements RowSink<U> {
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
          crash.pass(CrashStep.SHARDS_WRITTEN);
        }
        writer.write(rows);
        if (rows.size() > 0) {
          crash.pass(CrashStep.SINK_WRITTEN);
        }
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }
}

package io.vellamo.actors;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.connectors.memory.MemorySink;
import java.util.List;

/** A sink in memory that fails while a test wants it to, with everything before it written. */
final class FlakySink<U> implements RowSink<U> {
  private final MemorySink<U> memory = MemorySink.create();
  private volatile boolean failing;

  void failing(boolean nowFailing) {
    failing = nowFailing;
  }

  List<U> rows() {
    return memory.rows();
  }

  @Override
  public String description() {
    return "Flaky";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.IDEMPOTENT;
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    SinkWriter<U> writer = memory.open(context);
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends U> rows) throws Exception {
        if (failing) {
          throw new IllegalStateException("failing on purpose");
        }
        writer.write(rows);
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }
}

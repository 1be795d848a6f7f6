package io.vellamo.actors;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.connectors.memory.MemorySink;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A sink in memory that fails while a test wants it to, with everything before it written. */
final class FlakySink<U> implements RowSink<U> {
  private final MemorySink<U> memory = MemorySink.create();
  private volatile CountDownLatch reached = new CountDownLatch(1);
  private final Semaphore passes = new Semaphore(0);
  private volatile boolean failing;
  private volatile boolean holding;

  void failing(boolean nowFailing) {
    failing = nowFailing;
  }

  /** Lets the next write wait for {@link #pass}; returns what tells that it has come. */
  CountDownLatch hold() {
    reached = new CountDownLatch(1);
    holding = true;
    return reached;
  }

  /** Lets the write that waits go on. */
  void pass() {
    holding = false;
    passes.release();
  }

  List<U> rowsOfEpoch(long epoch) {
    return memory.rowsOfEpoch(epoch);
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
        if (holding) {
          reached.countDown();
          passes.acquire();
        }
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

package io.vellamo.kafka;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A transactional sink whose query ends at given points of its writes. */
record InterruptedSink<U>(KafkaSink<U> sink, Queue<Point> points) implements RowSink<U> {
  /** A point at which a write ends with an exception. */
  enum Point {
    BEFORE_SEND,
    AFTER_SEND,
    AFTER_COMMIT,
    NONE
  }

  static <U> InterruptedSink<U> of(KafkaSink<U> sink, List<Point> points) {
    return new InterruptedSink<>(sink, new ArrayDeque<>(points));
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
  public SinkWriter<U> open(SinkContext context) throws Exception {
    ShardWriter<U> transaction = sink.open(context, ShardRange.ALL, context.owner());
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends U> rows) throws Exception {
        Point point = rows.size() == 0 || points.isEmpty() ? Point.NONE : points.remove();
        end(point, Point.BEFORE_SEND);
        transaction.write(rows);
        end(point, Point.AFTER_SEND);
        transaction.commit(rows.epoch());
        end(point, Point.AFTER_COMMIT);
      }

      @Override
      public void close() {
        transaction.close();
      }
    };
  }

  private static void end(Point chosen, Point here) {
    if (chosen == here) {
      throw new IllegalStateException("ends on purpose " + here);
    }
  }
}

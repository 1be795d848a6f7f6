package io.vellamo.kafka;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A transactional sink whose query ends at given points of its writes and commits. */
record InterruptedSink<U>(KafkaSink<U> sink, Queue<Point> points) implements ParallelSink<U> {
  /** A point at which a write or a commit ends with an exception. */
  enum Point {
    BEFORE_SEND,
    AFTER_SEND,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    NONE
  }

  static <U> InterruptedSink<U> of(KafkaSink<U> sink, List<Point> points) {
    return new InterruptedSink<>(sink, new ConcurrentLinkedQueue<>(points));
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
  public ShardWriter<U> open(SinkContext context, ShardRange shards, long owner) throws Exception {
    ShardWriter<U> writer = sink.open(context, shards, owner);
    return new ShardWriter<>() {
      private Point point = Point.NONE;

      @Override
      public void write(EpochRows<? extends U> rows) throws Exception {
        point =
            rows.size() == 0 ? Point.NONE : Objects.requireNonNullElse(points.poll(), Point.NONE);
        end(Point.BEFORE_SEND);
        writer.write(rows);
        end(Point.AFTER_SEND);
      }

      @Override
      public boolean holds(long epoch) throws Exception {
        return writer.holds(epoch);
      }

      @Override
      public void commit(long epoch) throws Exception {
        end(Point.BEFORE_COMMIT);
        writer.commit(epoch);
        end(Point.AFTER_COMMIT);
      }

      @Override
      public void close() {
        writer.close();
      }

      private void end(Point here) {
        if (point == here) {
          throw new IllegalStateException("ends on purpose " + here);
        }
      }
    };
  }
}

package io.vellamo.api.sink;

import java.util.Map;

/**
 * A sink that is written in several ranges of shards at the same time, each by a writer of its own.
 *
 * <p>A connector implements only the method that opens a range. A query opens one writer for all
 * shards instead if its rows must be written by one: for rows that come from a source without a
 * stateful operator, for output mode {@link io.vellamo.api.query.OutputMode#COMPLETE}, for a batch,
 * and if the sink takes dead letters or late events. That writer gets {@code commit} directly after
 * {@code write}, before the query commits the epoch.
 *
 * <p><b>Order</b> The writers of a run are opened before its first epoch. An earlier run may still
 * be under way, in this process or in another: {@code open} locks out its writers.
 *
 * <p><b>Threading</b> A sink is only a description. Each writer is called by one thread at a time.
 *
 * <p><b>Failure</b> See {@link ShardWriter}; a range that can't be opened for a while is opened
 * again like one that can't be written. As in Flink's sinks with a committer, an epoch is written,
 * the query commits it, then it is committed at the sink, again if necessary. Unlike there, the
 * rows stay in the query's journal until then, so that a store may lose what is not committed.
 *
 * @param <U> the row type
 * @since 0.1
 */
public interface ParallelSink<U> extends RowSink<U> {
  /**
   * Opens the sink for a range of shards. When this method returns, no writer of an earlier owner
   * of the range can change the store any more: its calls throw.
   *
   * @param context the query that opens the sink
   * @param shards the range
   * @param owner identifies the run; greater than that of all earlier runs of the query, and equal
   *     if this run opens the range again. A store that knows a greater owner must refuse this one
   * @return the writer, which the query closes
   * @throws Exception if the range can't be opened; the message reaches the user
   */
  ShardWriter<U> open(SinkContext context, ShardRange shards, long owner) throws Exception;

  /**
   * Returns this sink with one writer for all shards: the rows of an epoch are written by one call
   * and in a fixed order. For rows that depend on each other across groups, such as upserts of the
   * same key by several groups.
   *
   * @return a sink that is not written in ranges
   */
  default RowSink<U> withOneWriter() {
    return new OneWriter<>(this);
  }

  @Override
  default SinkWriter<U> open(SinkContext context) throws Exception {
    ShardWriter<U> writer = open(context, ShardRange.ALL, context.owner());
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends U> rows) throws Exception {
        writer.write(rows);
        writer.commit(rows.epoch());
      }

      @Override
      public Map<String, Long> metrics() {
        return writer.metrics();
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }
}

package io.vellamo.engine.io;

import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The writer of a range of shards.
 *
 * <p><b>Threading</b> Safe to share: one call at a time. All calls may block.
 *
 * <p><b>Failure</b> A {@link RetryableFailure} has closed the writer. The call is to be made again,
 * and opens the range again.
 */
public final class RangeWriter implements AutoCloseable {
  private final ShardRange range;
  private final ParallelSink<Object> sink;
  private final SinkContext context;
  private final Connection<ShardWriter<Object>> connection;
  private final EmittedRows rows;
  private final int shards;
  private boolean closed;
  // Read by any thread.
  private volatile Map<String, Long> metrics = Map.of();

  /**
   * Creates the writer of a range, which is not open.
   *
   * @param shards the number of shards of each operator
   */
  @SuppressWarnings("unchecked") // the pipeline that has the sink emits rows of its type
  public RangeWriter(PreparedQuery query, int shards, ShardRange range, SinkContext context) {
    this.range = range;
    this.sink = (ParallelSink<Object>) query.plan().sink();
    this.context = context;
    RetryPolicy retry = query.retry();
    this.connection = new Connection<>(sink.description(), retry);
    this.rows = new EmittedRows(query, shards);
    this.shards = shards;
  }

  /** Opens the range, unless it is open. */
  void open() throws Exception {
    connection.open(() -> sink.open(context, range, context.owner()));
  }

  /**
   * Writes the rows of the range's shards.
   *
   * @param all the rows that lead to the sink, by shard; those of other ranges are left out
   * @return the number of rows
   */
  public synchronized long write(long epoch, SortedMap<Integer, List<Object>> all)
      throws Exception {
    requireOpen();
    SortedMap<Integer, List<Object>> own = new TreeMap<>();
    all.forEach(
        (shard, some) -> {
          if (range.contains(shard % shards)) {
            own.put(shard, some);
          }
        });
    RowsOfEpoch ofRange = rows.of(epoch, own, List.of());
    return connection.call(
        () -> openAfter(epoch - 1),
        writer -> {
          writer.write(ofRange);
          metrics = Map.copyOf(writer.metrics());
          return (long) ofRange.size();
        });
  }

  /** Commits an epoch; returns false if the store does not have its rows. */
  public synchronized boolean commit(long epoch) throws Exception {
    requireOpen();
    return connection.call(
        () -> openAfter(epoch),
        writer -> {
          if (!writer.holds(epoch)) {
            return false;
          }
          writer.commit(epoch);
          return true;
        });
  }

  private ShardWriter<Object> openAfter(long epoch) throws Exception {
    return sink.open(after(context, epoch), range, context.owner());
  }

  /** Returns the context of a query that has committed an epoch. */
  static SinkContext after(SinkContext context, long epoch) {
    return new SinkContext(
        context.queryName(), context.queryId(), epoch, context.mode(), context.owner());
  }

  /** Returns what the writer last reported about itself. Never blocks. */
  Map<String, Long> metrics() {
    return metrics;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The sink was used after its query had ended");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      ShardWriter<Object> open = connection.opened();
      if (open != null) {
        open.close();
      }
    }
  }
}

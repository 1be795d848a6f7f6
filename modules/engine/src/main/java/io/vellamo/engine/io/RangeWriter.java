package io.vellamo.engine.io;

import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The open writer of a range of shards.
 *
 * <p><b>Threading</b> Safe to share: one call at a time. All calls may block.
 */
public final class RangeWriter implements AutoCloseable {
  private final ShardRange range;
  private final ShardWriter<Object> writer;
  private final EmittedRows rows;
  private final int shards;
  private boolean closed;
  // Read by any thread.
  private volatile Map<String, Long> metrics = Map.of();

  /**
   * Creates the writer of a range.
   *
   * @param shards the number of shards of each operator
   */
  RangeWriter(PreparedQuery query, int shards, ShardRange range, ShardWriter<Object> writer) {
    this.range = range;
    this.writer = writer;
    this.rows = new EmittedRows(query, shards);
    this.shards = shards;
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
    writer.write(ofRange);
    metrics = Map.copyOf(writer.metrics());
    return ofRange.size();
  }

  /** Commits an epoch; returns false if the store does not have its rows. */
  public synchronized boolean commit(long epoch) throws Exception {
    requireOpen();
    if (!writer.holds(epoch)) {
      return false;
    }
    writer.commit(epoch);
    return true;
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
      writer.close();
    }
  }
}

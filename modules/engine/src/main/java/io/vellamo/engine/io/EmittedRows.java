package io.vellamo.engine.io;

import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RowChain;
import java.util.List;
import java.util.SortedMap;

/**
 * The rows that an epoch emits, each of which reaches the sink once.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class EmittedRows implements SinkRows {
  private final String query;
  private final List<RowChain> chains;
  private final int shards;

  /**
   * Creates the rows of a query.
   *
   * @param shards the number of shards of each operator
   */
  EmittedRows(PreparedQuery query, int shards) {
    this.query = query.name();
    this.chains = RowChain.of(query);
    this.shards = shards;
  }

  @Override
  public RowsOfEpoch of(EpochResults epoch) {
    return of(epoch.epoch(), epoch.rows(), epoch.rowsWithoutShard());
  }

  /** Returns rows by shard, and rows that no group emitted, after the stages before the sink. */
  RowsOfEpoch of(long epoch, SortedMap<Integer, List<Object>> byShard, List<Object> withoutShard) {
    RowsOfEpoch rows = new RowsOfEpoch(query, epoch);
    byShard.forEach((shard, some) -> rows.add(shard, chains.get(shard / shards).apply(some)));
    rows.addWithoutShard(withoutShard);
    return rows;
  }
}

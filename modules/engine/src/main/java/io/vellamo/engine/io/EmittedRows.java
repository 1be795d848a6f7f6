package io.vellamo.engine.io;

import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RowChain;
import java.util.List;

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
    RowsOfEpoch rows = new RowsOfEpoch(query, epoch.epoch());
    epoch.rows().forEach((shard, some) -> rows.add(shard, chains.get(shard / shards).apply(some)));
    rows.addWithoutShard(epoch.rowsWithoutShard());
    return rows;
  }
}

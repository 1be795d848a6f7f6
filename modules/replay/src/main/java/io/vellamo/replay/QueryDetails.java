package io.vellamo.replay;

import java.util.List;

/**
 * A query and its shards.
 *
 * @param query the overview from its own journal
 * @param shards the overviews from the journals of its shards, by number; empty if it has no
 *     stateful operator
 * @since 0.1
 */
public record QueryDetails(QueryOverview query, List<ShardOverview> shards) {
  /** Copies the shards. */
  public QueryDetails {
    shards = List.copyOf(shards);
  }

  /**
   * Returns the number of groups.
   *
   * @return the sum over all shards
   */
  public long groups() {
    return shards.stream().mapToLong(ShardOverview::groups).sum();
  }

  /**
   * Returns the first epoch after which all groups are known.
   *
   * @return the latest of all shards; 0 if the journal is complete
   */
  public long knownFromEpoch() {
    return shards.stream().mapToLong(ShardOverview::knownFromEpoch).max().orElse(0);
  }
}

package io.vellamo.engine.journal;

/**
 * The division of the groups of each of a query's operators into shards. Shards of different
 * generations have different journals.
 *
 * @param generation the number of the division, from 0
 * @param shards the number of shards of each operator
 * @param beginsWith the epoch with whose result the journals of the shards begin; 0 for the first
 *     generation, whose journals begin without groups
 */
public record ShardLayout(int generation, int shards, long beginsWith) {
  /** The maximum number of shards of each operator. */
  public static final int MAX_SHARDS = 1024;

  /** Returns the layout of a query that begins. */
  public static ShardLayout first(int shards) {
    return new ShardLayout(0, shards, 0);
  }
}

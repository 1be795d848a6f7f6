package io.vellamo.api.sink;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of a query's shards, whose rows one {@link ShardWriter} writes. The groups of each
 * stateful operator are divided into the same number of shards; a range has the shards of these
 * numbers of every operator.
 *
 * <p>The ranges of a query change only with its number of shards, once all of them have committed
 * the last epoch. So a store can keep what it has to know by the query and {@link #first}: a range
 * that it knows may go on as another one that begins with the same shard, with the next epoch.
 *
 * @param first the first shard, from 0
 * @param end the shard after the last one
 * @since 0.1
 */
public record ShardRange(int first, int end) {
  /** All shards, whatever their number: the range of a sink that has one writer. */
  public static final ShardRange ALL = new ShardRange(0, Integer.MAX_VALUE);

  /** Checks the bounds. */
  public ShardRange {
    if (first < 0 || end <= first) {
      throw new IllegalArgumentException(
          "a range must have a shard, was [%d, %d); give 0 <= first < end".formatted(first, end));
    }
  }

  /**
   * Divides shards into ranges whose sizes differ by one at most.
   *
   * @param shards the number of shards
   * @param ranges the number of ranges, from 1 to the number of shards
   * @return the ranges, in order
   */
  public static List<ShardRange> split(int shards, int ranges) {
    if (ranges < 1 || ranges > shards) {
      throw new IllegalArgumentException(
          "ranges must be from 1 to the number of shards [%d], was [%d]".formatted(shards, ranges));
    }
    List<ShardRange> all = new ArrayList<>(ranges);
    for (long range = 0; range < ranges; range++) {
      all.add(
          new ShardRange((int) (range * shards / ranges), (int) ((range + 1) * shards / ranges)));
    }
    return all;
  }

  /**
   * Returns whether a shard is in this range.
   *
   * @param shard the number of a shard among those of its operator
   * @return whether it is
   */
  public boolean contains(int shard) {
    return first <= shard && shard < end;
  }

  @Override
  public String toString() {
    return equals(ALL) ? "all" : first + "-" + (end - 1);
  }
}

package io.vellamo.engine.protocol.query;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The pages of the whole result in an attempt to run an epoch: of each shard, one after the other.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class ShardPages {
  private final Map<Integer, Integer> taken = new HashMap<>();
  private final Set<Integer> underWay = new HashSet<>();

  /** Notes that a page has arrived; returns false if it is not the shard's next one. */
  boolean arrived(int shard, int number) {
    return taken(shard) == number && underWay.add(shard);
  }

  /** Returns whether a page of a shard has arrived and is being taken. */
  boolean isUnderWay(int shard) {
    return underWay.contains(shard);
  }

  /** Returns whether a page is being taken. */
  boolean isUnderWay(int shard, int number) {
    return isUnderWay(shard) && taken(shard) == number;
  }

  /** Notes that the page of a shard has been taken; returns the number of the next one. */
  int next(int shard) {
    underWay.remove(shard);
    return taken.merge(shard, 1, Integer::sum);
  }

  private int taken(int shard) {
    return taken.getOrDefault(shard, 0);
  }
}

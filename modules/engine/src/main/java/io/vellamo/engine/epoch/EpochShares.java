package io.vellamo.engine.epoch;

import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.group.StableHash;
import io.vellamo.engine.group.Utf8;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The division of an epoch's ranges among the nodes that read.
 *
 * <p>A partition belongs to the node with the highest hash of both names: rendezvous hashing [1].
 * All of a node's partitions stay with it while the node is there, and only the partitions of a
 * node that has gone are divided anew.
 *
 * <p>[1] D. Thaler, C. Ravishankar, Using Name-Based Mappings to Increase Hit Rates, IEEE/ACM
 * Transactions on Networking 6(1), 1998.
 */
public final class EpochShares {
  private static final String SEPARATOR = "\u0000";

  private EpochShares() {}

  /**
   * Divides an epoch.
   *
   * @param plan an epoch
   * @param nodes the names of the nodes that can read, at least one
   * @return the share of each node that has one, by its name; none for an epoch without ranges
   * @throws IllegalArgumentException if there are no nodes
   */
  public static SortedMap<String, EpochShare> divide(EpochPlan plan, Collection<String> nodes) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "nodes must not be empty to read epoch [%d]; wait for a reader".formatted(plan.epoch()));
    }
    SortedMap<String, List<Integer>> ranges = new TreeMap<>();
    for (int range = 0; range < plan.ranges().size(); range++) {
      String node = node(plan.ranges().get(range).partition(), nodes);
      ranges.computeIfAbsent(node, any -> new ArrayList<>()).add(range);
    }
    SortedMap<String, EpochShare> shares = new TreeMap<>();
    ranges.forEach((node, own) -> shares.put(node, new EpochShare(plan, own)));
    return shares;
  }

  /** Returns the node with the highest hash; of two with the same hash, the first by name. */
  private static String node(SourcePartition partition, Collection<String> nodes) {
    String best = "";
    long highest = Long.MIN_VALUE;
    boolean isFirst = true;
    for (String node : nodes) {
      long hash = StableHash.of(Utf8.bytes(partition.name() + SEPARATOR + node, "partition"));
      if (isFirst || hash > highest || (hash == highest && node.compareTo(best) < 0)) {
        best = node;
        highest = hash;
        isFirst = false;
      }
    }
    return best;
  }
}

package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shards of a query that a node of a cluster hosts.
 *
 * @param node the address of the node in the cluster, such as {@code pekko://shop@10.0.0.7:25520}
 * @param shards the numbers of the shards in ascending order, by the names of the operators from
 *     the source to the sink; an operator without shards on the node is left out
 * @since 0.1
 */
public record HostedShards(String node, Map<String, List<Integer>> shards) implements JsonReport {
  /** Checks the components, and copies the shards. */
  public HostedShards {
    requireNonNull(node, "node");
    Map<String, List<Integer>> copy = new LinkedHashMap<>();
    shards.forEach((operator, numbers) -> copy.put(operator, List.copyOf(numbers)));
    shards = Collections.unmodifiableMap(copy);
  }
}

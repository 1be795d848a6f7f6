package io.vellamo.actors.local;

import io.vellamo.api.query.HostedShards;
import io.vellamo.api.query.ShardProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The report of the nodes that host the shards of a query, by operator. */
final class HostingReport {
  private HostingReport() {}

  /**
   * Returns the report.
   *
   * @param known all shards of each operator, in the order of the operators
   * @param hosting the numbers of shards among all shards of the query, by the address of the node
   */
  static List<HostedShards> of(
      Map<String, List<ShardProgress>> known, Map<String, List<Integer>> hosting) {
    List<String> operators = List.copyOf(known.keySet());
    if (operators.isEmpty()) {
      return List.of();
    }
    int each = known.values().iterator().next().size();
    List<HostedShards> all = new ArrayList<>();
    new TreeMap<>(hosting)
        .forEach(
            (node, numbers) -> {
              Map<String, List<Integer>> shards = new LinkedHashMap<>();
              for (int number : new TreeSet<>(numbers)) {
                if (number / each < operators.size()) {
                  shards
                      .computeIfAbsent(operators.get(number / each), none -> new ArrayList<>())
                      .add(number % each);
                }
              }
              all.add(new HostedShards(node, shards));
            });
    return List.copyOf(all);
  }
}

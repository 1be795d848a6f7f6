package io.vellamo.samples.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;

/**
 * What a node prints of itself.
 *
 * @param state its state in the cluster, in Pekko's words
 * @param rows the rows that it has written since it started, by shard
 */
record NodeStatus(String state, Map<Integer, Long> rows) {
  /** The beginning of its line; other lines are of the log. */
  static final String PREFIX = "status ";

  /** The state of a node that takes part in the query. */
  static final String UP = "up";

  static final NodeStatus STARTING = new NodeStatus("starting", Map.of());

  NodeStatus {
    rows = Map.copyOf(rows);
  }

  @JsonIgnore
  boolean isUp() {
    return state.equals(UP);
  }

  long allRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}

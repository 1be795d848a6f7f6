package io.vellamo.samples.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status that a node prints.
 *
 * @param state its state in the cluster, in Pekko's words
 * @param rows the rows that it has written since it started, by shard
 */
record NodeStatus(String state, Map<Integer, Long> rows) {
  private static final String PREFIX = "status ";
  private static final String SUFFIX = " end";

  /** The state of a node that takes part in the query. */
  static final String UP = "up";

  static final NodeStatus STARTING = new NodeStatus("starting", Map.of());

  NodeStatus {
    rows = Map.copyOf(rows);
  }

  String line() {
    return PREFIX + JsonLine.write(this) + SUFFIX;
  }

  /** Returns the status of a line; null if the line is of the log, or cut off by a kill. */
  static @Nullable NodeStatus parse(String line) {
    return line.startsWith(PREFIX) && line.endsWith(SUFFIX)
        ? JsonLine.read(
            line.substring(PREFIX.length(), line.length() - SUFFIX.length()), NodeStatus.class)
        : null;
  }

  @JsonIgnore
  boolean isUp() {
    return state.equals(UP);
  }

  long allRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}

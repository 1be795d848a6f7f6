package io.vellamo.checks.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report of a node about itself, a line of its output.
 *
 * @param epoch the last epoch that the node knows of; 0 if there is none
 * @param rows the rows that this node has written since it started, by shard
 * @param members the states of the nodes of its cluster, by port; empty without a cluster
 * @param oldest the port of the oldest node, which runs the singletons; 0 without a cluster
 * @param outage whether its query has an outage of the source or sink
 * @param failure the failure of the query, after which the node ends; null if there is none
 */
record NodeReport(
    long epoch,
    Map<Integer, Long> rows,
    Map<Integer, String> members,
    int oldest,
    boolean outage,
    @Nullable String failure) {
  static final NodeReport NONE = new NodeReport(0, Map.of(), Map.of(), 0, false, null);

  private static final String PREFIX = "report ";
  private static final String SUFFIX = " end";
  private static final ObjectMapper JSON = new ObjectMapper();

  NodeReport {
    rows = Map.copyOf(rows);
    members = Map.copyOf(members);
  }

  /** Returns this report with a failure. */
  NodeReport failed(String what) {
    return new NodeReport(epoch, rows, members, oldest, outage, what);
  }

  /** Returns the number of members that are up. */
  long membersUp() {
    return members.values().stream().filter("Up"::equals).count();
  }

  String line() {
    try {
      return PREFIX + JSON.writeValueAsString(this) + SUFFIX;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the report of a line; null if the line is of the log, or cut off by a kill. */
  static @Nullable NodeReport parse(String line) {
    if (!line.startsWith(PREFIX) || !line.endsWith(SUFFIX)) {
      return null;
    }
    try {
      return JSON.readValue(
          line.substring(PREFIX.length(), line.length() - SUFFIX.length()), NodeReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The report must be whole, was [%s]".formatted(line), e);
    }
  }
}

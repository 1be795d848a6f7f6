package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A shard at a point of its query's history.
 *
 * @param shard its number, from 0
 * @param operator the name of the operator whose groups it keeps
 * @param epoch the epoch after which the shard is shown
 * @param lastEpoch the last epoch up to then that changed it; 0 if none did
 * @param groupCount the number of its groups, including parked ones
 * @param groups the groups by key, up to the requested number
 * @param lastRows the rows of {@code lastEpoch}
 * @since 0.1
 */
public record ShardAt(
    int shard,
    String operator,
    long epoch,
    long lastEpoch,
    long groupCount,
    List<GroupView> groups,
    List<JsonNode> lastRows) {
  /** Copies groups and rows. */
  public ShardAt {
    groups = List.copyOf(groups);
    lastRows = List.copyOf(lastRows);
  }
}

package io.vellamo.replay;

import java.util.List;

/**
 * The groups of a query.
 *
 * @param groupCount the number of groups with the requested prefix
 * @param groups the first of them by shard and key, up to the requested number
 * @since 0.1
 */
public record GroupList(long groupCount, List<GroupView> groups) {
  /** Copies the groups. */
  public GroupList {
    groups = List.copyOf(groups);
  }
}

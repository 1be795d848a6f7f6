package io.vellamo.persistence.replay;

import java.util.List;

/**
 * The groups of a query.
 *
 * @param groupCount how many there are with the prefix asked for
 * @param groups the first of them, as many as asked for, by shard and key
 * @since 0.1
 */
public record GroupList(long groupCount, List<GroupView> groups) {
  /** Copies the groups. */
  public GroupList {
    groups = List.copyOf(groups);
  }
}

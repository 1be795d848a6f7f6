package io.vellamo.replay;

import java.util.ArrayList;
import java.util.List;

/** The groups of shards whose keys have a prefix. */
final class GroupCollector {
  private final String prefix;
  private final int limit;
  private final List<GroupView> groups = new ArrayList<>();
  private long count;

  GroupCollector(String prefix, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be positive, was [%d]".formatted(limit));
    }
    this.prefix = prefix;
    this.limit = limit;
  }

  /** Adds a shard's groups; returns the number of groups with the prefix so far. */
  long take(ShardWalk walk) {
    walk.keys(key -> walk.text(key).startsWith(prefix))
        .forEach(
            key -> {
              count++;
              if (groups.size() < limit) {
                groups.add(walk.view(key));
              }
            });
    return count;
  }

  GroupList list() {
    return new GroupList(count, groups);
  }
}

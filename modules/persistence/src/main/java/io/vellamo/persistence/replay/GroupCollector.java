package io.vellamo.persistence.replay;

import java.util.ArrayList;
import java.util.List;

/** Gathers the groups of shards whose keys begin alike. */
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

  /** Takes a shard; returns how many groups have been seen. */
  long take(ShardWalk walk) {
    walk.keys(key -> JsonForms.textOfKey(key).startsWith(prefix))
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

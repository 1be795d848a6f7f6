package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.List;

/**
 * A part of a shard's snapshot: some of its groups, as of the creation of the part.
 *
 * <p>The parts of a snapshot are spread over epochs. Later changes of a group are in the journal
 * after its part, so applying both in order gives the group's current entry.
 *
 * @param groups the groups of the part
 * @param last whether this part completes the snapshot
 */
public record SnapshotPart(List<Group> groups, boolean last) {
  /**
   * A group in a snapshot.
   *
   * @param key the group
   * @param entry the group's entry
   */
  public record Group(GroupKey key, GroupEntry entry) {
    private long size() {
      return entry.size(key);
    }
  }

  /** Returns the approximate size in the journal. */
  public long size() {
    return groups.stream().mapToLong(Group::size).sum();
  }
}

package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.List;

/**
 * A part of a shard's snapshot: some of its groups as they were when the part was made.
 *
 * <p>The parts of a snapshot are spread over epochs. What changes a group after its part was made
 * is in the journal behind the part, so that applying both in order gives the group as it is.
 *
 * @param groups some groups
 * @param last whether the snapshot is complete with this part
 */
public record SnapshotPart(List<Group> groups, boolean last) {
  /**
   * A group in a snapshot.
   *
   * @param key the group
   * @param entry what is kept of it
   */
  public record Group(GroupKey key, GroupEntry entry) {
    private long size() {
      return entry.size(key);
    }
  }

  /** Returns roughly how large this is in the journal. */
  public long size() {
    return groups.stream().mapToLong(Group::size).sum();
  }
}

package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariablesWalk;
import java.util.List;

/**
 * A part of a shard's snapshot: some of its groups, as of the creation of the part.
 *
 * <p>The parts of a snapshot are spread over epochs. Later changes of a group are in the journal
 * after its part, so applying both in order gives the group's current entry. The entries of a
 * group's variables may be spread over several parts.
 *
 * @param groups the groups of the part
 * @param last whether this part completes the snapshot
 */
public record SnapshotPart(List<Group> groups, boolean last) {
  /**
   * A group in a snapshot.
   *
   * @param key the group
   * @param entry the group's entry; empty after reading from a journal if the group has variables
   * @param contents some or all entries of the group's variables; empty if it has none
   */
  public record Group(GroupKey key, GroupEntry entry, List<VariableChange> contents) {
    /** Creates a group with a single state or timeout. */
    public Group(GroupKey key, GroupEntry entry) {
      this(key, entry, List.of());
    }

    /** Returns a group with all entries of its variables. */
    public static Group whole(GroupKey key, GroupEntry entry) {
      GroupVariables variables = entry.keptVariables();
      return variables == null
          ? new Group(key, entry)
          : new Group(key, entry, new VariablesWalk().next(variables, Long.MAX_VALUE));
    }

    /** Returns whether the group has variables, even if this part has none of their entries. */
    public boolean hasVariables() {
      return !contents.isEmpty() || entry.keptVariables() != null;
    }

    long size() {
      long size = hasVariables() ? key.bytes().length : entry.size(key);
      for (VariableChange put : contents) {
        size += put.size();
      }
      return size;
    }
  }

  /** Returns the approximate size in the journal. */
  public long size() {
    return groups.stream().mapToLong(Group::size).sum();
  }
}

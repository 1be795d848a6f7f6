package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.Pieces;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything one epoch changed in a shard: its groups' changes, timers and rows, written at once.
 *
 * @param incarnation which run of the query's coordinator asked for it
 * @param epoch the epoch's number
 * @param groups the groups' changes, in the order in which their rows are emitted
 * @param size roughly how large this is in the journal
 */
public record ShardChange(long incarnation, long epoch, List<GroupChange> groups, long size) {
  /** Creates changes, and adds up how large they are: that is asked more often than once. */
  public ShardChange(long incarnation, long epoch, List<GroupChange> groups) {
    this(incarnation, epoch, groups, sizeOf(groups));
  }

  private static long sizeOf(List<GroupChange> groups) {
    long size = 0;
    for (GroupChange group : groups) {
      size += group.size();
    }
    return size;
  }

  /**
   * Returns this change in parts, in order, whose groups put together are this change.
   *
   * @param maxSize the most of a part, as far as single states and rows allow
   */
  public List<ShardChange> split(long maxSize) {
    if (size <= maxSize) {
      return List.of(this);
    }
    List<GroupChange> small = new ArrayList<>(groups.size());
    for (GroupChange group : groups) {
      small.addAll(group.split(maxSize));
    }
    List<ShardChange> parts = new ArrayList<>();
    for (List<GroupChange> some : Pieces.of(small, GroupChange::size, maxSize)) {
      parts.add(new ShardChange(incarnation, epoch, some));
    }
    return parts;
  }
}

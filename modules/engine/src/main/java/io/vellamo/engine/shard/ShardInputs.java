package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.Pieces;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one epoch and shard, recorded for later replays.
 *
 * @param incarnation the run of the query's coordinator that requested the epoch
 * @param epoch the epoch's number
 * @param groups the groups that had events; a group with many events may occur repeatedly
 */
public record ShardInputs(long incarnation, long epoch, List<GroupInputs> groups) {
  /** Returns the approximate size in the journal. */
  public long size() {
    long size = 0;
    for (GroupInputs group : groups) {
      size += group.size();
    }
    return size;
  }

  /** Returns these inputs in parts, in order, as {@link ShardChange#split} does with changes. */
  public List<ShardInputs> split(long maxSize) {
    List<GroupInputs> small = new ArrayList<>(groups.size());
    for (GroupInputs group : groups) {
      small.addAll(group.split(maxSize));
    }
    List<ShardInputs> parts = new ArrayList<>();
    for (List<GroupInputs> some : Pieces.of(small, GroupInputs::size, maxSize)) {
      parts.add(new ShardInputs(incarnation, epoch, some));
    }
    return parts;
  }
}

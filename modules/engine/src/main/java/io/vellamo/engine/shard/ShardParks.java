package io.vellamo.engine.shard;

import io.vellamo.engine.group.Pieces;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of one epoch in a shard's parked groups.
 *
 * @param incarnation the run of the query's coordinator that requested the epoch
 * @param epoch the epoch's number
 * @param changes the changes, in order
 */
public record ShardParks(long incarnation, long epoch, List<ParkChange> changes) {
  /** Returns the approximate size in the journal. */
  public long size() {
    return changes.stream().mapToLong(ParkChange::size).sum();
  }

  /** Returns these changes in parts, in order, as {@link ShardChange#split} does. */
  public List<ShardParks> split(long maxSize) {
    List<ParkChange> small = new ArrayList<>(changes.size());
    for (ParkChange change : changes) {
      small.addAll(change.split(maxSize));
    }
    List<ShardParks> parts = new ArrayList<>();
    for (List<ParkChange> some : Pieces.of(small, ParkChange::size, maxSize)) {
      parts.add(new ShardParks(incarnation, epoch, some));
    }
    return parts;
  }
}

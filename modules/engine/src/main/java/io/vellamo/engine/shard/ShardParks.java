package io.vellamo.engine.shard;

import io.vellamo.engine.group.Pieces;
import java.util.ArrayList;
import java.util.List;

/**
 * What one epoch did to the parked groups of a shard.
 *
 * @param incarnation which run of the query's coordinator asked for it
 * @param epoch the epoch's number
 * @param changes the changes, in order
 */
public record ShardParks(long incarnation, long epoch, List<ParkChange> changes) {
  /** Returns roughly how large this is in the journal. */
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

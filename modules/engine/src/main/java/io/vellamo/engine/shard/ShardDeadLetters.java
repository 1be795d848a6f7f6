package io.vellamo.engine.shard;

import io.vellamo.engine.group.Pieces;
import java.util.ArrayList;
import java.util.List;

/**
 * The dead letters of one epoch and shard, in a fixed order.
 *
 * @param incarnation which run of the query's coordinator asked for it
 * @param epoch the epoch's number
 * @param letters the dead letters
 */
public record ShardDeadLetters(long incarnation, long epoch, List<GroupDeadLetter> letters) {
  /** Returns how many events that the epoch itself read are among them. */
  public long eventsOfEpoch() {
    return letters.stream()
        .map(GroupDeadLetter::origin)
        .filter(origin -> origin != null && origin.isSource() && origin.epoch() == epoch)
        .count();
  }

  /** Returns roughly how large this is in the journal. */
  public long size() {
    return letters.stream().mapToLong(GroupDeadLetter::size).sum();
  }

  /** Returns these dead letters in parts, in order, as {@link ShardChange#split} does. */
  public List<ShardDeadLetters> split(long maxSize) {
    List<ShardDeadLetters> parts = new ArrayList<>();
    for (List<GroupDeadLetter> some : Pieces.of(letters, GroupDeadLetter::size, maxSize)) {
      parts.add(new ShardDeadLetters(incarnation, epoch, some));
    }
    return parts;
  }
}

package io.vellamo.engine.shard;

import io.vellamo.engine.group.Pieces;
import java.util.ArrayList;
import java.util.List;

/**
 * The dead letters of one epoch and shard, in a fixed order.
 *
 * @param incarnation the run of the query's coordinator that requested the epoch
 * @param epoch the epoch's number
 * @param letters the dead letters
 */
public record ShardDeadLetters(long incarnation, long epoch, List<GroupDeadLetter> letters) {
  /** Returns the number of dead letters whose events this epoch read from a source. */
  public long eventsOfEpoch() {
    return letters.stream()
        .map(GroupDeadLetter::origin)
        .filter(origin -> origin != null && origin.isSource() && origin.epoch() == epoch)
        .count();
  }

  /** Returns the approximate size in the journal. */
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

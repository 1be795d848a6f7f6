package io.vellamo.actors.shard;

import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.engine.shard.NextDue;
import java.util.List;

/** What a shard answers. */
public sealed interface ShardReply {
  /** Returns the shard. */
  int shard();

  /**
   * The shard has recovered.
   *
   * @param shard the shard
   * @param due when something is due
   * @param size how much it keeps
   */
  record Opened(int shard, NextDue due, ShardSize size) implements ShardReply {}

  /**
   * The shard holds the epoch durably.
   *
   * @param shard the shard
   * @param epoch the epoch
   * @param rows what its groups emitted
   * @param deadLetters what the function threw for
   * @param deadLettered how many events of the epoch are among them
   * @param due when something is due next
   * @param size how much it keeps now
   * @param updated how many groups were written
   * @param removed how many groups were removed
   */
  record Done(
      int shard,
      long epoch,
      List<Object> rows,
      List<DeadLetter> deadLetters,
      long deadLettered,
      NextDue due,
      ShardSize size,
      long updated,
      long removed)
      implements ShardReply {}

  /**
   * The parked groups.
   *
   * @param shard the shard
   * @param id the question
   * @param groups its parked groups, in the order of their keys
   */
  record Parked(int shard, long id, List<ParkedGroup> groups) implements ShardReply {}

  /**
   * What is wanted of a parked group is in the journal, or there is no such group.
   *
   * @param shard the shard
   * @param id the question
   * @param isFound whether the group is parked
   * @param due when something is due next
   */
  record ParkRequested(int shard, long id, boolean isFound, NextDue due) implements ShardReply {}

  /**
   * The shard could not run the epoch, and holds nothing of it.
   *
   * @param shard the shard
   * @param failure why
   */
  record Failed(int shard, ShardFailure failure) implements ShardReply {}
}

package io.vellamo.actors.shard;

import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.engine.shard.NextDue;
import java.util.List;

/** A reply of a shard. */
public sealed interface ShardReply {
  /** Returns the shard. */
  int shard();

  /**
   * Reply that the shard has recovered.
   *
   * @param shard the shard
   * @param due when something is due
   * @param size how much it keeps
   */
  record Opened(int shard, NextDue due, ShardSize size) implements ShardReply {}

  /**
   * Reply that the shard holds the epoch durably.
   *
   * @param shard the shard
   * @param epoch the epoch
   * @param rows what its groups emitted
   * @param deadLetters the dead letters of its groups
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
   * Reply with the parked groups.
   *
   * @param shard the shard
   * @param id identifies the request
   * @param groups its parked groups, in the order of their keys
   */
  record Parked(int shard, long id, List<ParkedGroup> groups) implements ShardReply {}

  /**
   * Reply that requests to parked groups are in the journal, except those to groups that are not
   * parked.
   *
   * @param shard the shard
   * @param id identifies the requests
   * @param found whether the group of each request is parked, in their order
   * @param due when something is due next
   */
  record ParksRequested(int shard, long id, List<Boolean> found, NextDue due)
      implements ShardReply {}

  /**
   * Reply that the shard could not begin the run, or could not run the epoch and holds nothing of
   * it.
   *
   * @param shard the shard
   * @param failure why
   */
  record Failed(int shard, ShardFailure failure) implements ShardReply {}
}

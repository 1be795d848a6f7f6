package io.vellamo.actors.shard;

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
   * @param due when its timers are due
   * @param groups how many groups it keeps
   */
  record Opened(int shard, NextDue due, long groups) implements ShardReply {}

  /**
   * The shard holds the epoch durably.
   *
   * @param shard the shard
   * @param epoch the epoch
   * @param rows what its groups emitted
   * @param deadLetters what the function threw for
   * @param deadLettered how many events of the epoch are among them
   * @param due when its timers are due now
   * @param groups how many groups it keeps now
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
      long groups,
      long updated,
      long removed)
      implements ShardReply {}

  /**
   * The shard could not run the epoch, and holds nothing of it.
   *
   * @param shard the shard
   * @param failure why
   */
  record Failed(int shard, ShardFailure failure) implements ShardReply {}
}

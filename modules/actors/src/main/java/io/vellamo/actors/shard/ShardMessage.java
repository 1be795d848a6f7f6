package io.vellamo.actors.shard;

import io.vellamo.engine.protocol.shard.CallResult;
import java.util.List;

/** A message to a shard's actor: a command of others, or one that it sends to itself. */
sealed interface ShardMessage permits ShardCommand, ShardMessage.Own {
  /** A message that the actor, or its groups' host, sends to it. */
  sealed interface Own extends ShardMessage {}

  /**
   * Notification that the host has called all groups it was told to call.
   *
   * @param results in the order of the calls
   */
  record Stepped(List<CallResult> results) implements Own {}

  /**
   * Notification that the delay of calls is over.
   *
   * @param epoch the epoch's number
   */
  record CallDue(long epoch) implements Own {}

  /** Notification that records wait to be written. */
  enum WriteNext implements Own {
    /** The only value. */
    INSTANCE
  }

  /** Notification that the next parts of a snapshot can be written. */
  enum SnapshotDue implements Own {
    /** The only value. */
    INSTANCE
  }
}

package io.vellamo.actors.query;

import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.shard.InitialGroups;
import java.util.List;

/** A message to a coordinator: a command of others, or one that it sends to itself. */
sealed interface CoordinatorMessage permits QueryCommand, CoordinatorMessage.Own {
  /** A message that the coordinator sends to itself: the outcome of an effect of its machine. */
  sealed interface Own extends CoordinatorMessage {}

  /**
   * An outcome without data that the machine does not see.
   *
   * @param input the machine's input
   */
  record Happened(QueryInput input) implements Own {}

  /**
   * An epoch that has been read and routed.
   *
   * @param routed its events
   * @param attempt the attempt to run it
   */
  record Routed(RoutedEpoch routed, long attempt) implements Own {}

  /**
   * The initial states that have been read.
   *
   * @param states those of each shard
   */
  record InitialStates(List<InitialGroups> states) implements Own {}

  /**
   * An answer of a shard.
   *
   * @param answer the answer
   */
  record Answered(ShardAnswer answer) implements Own {}

  /**
   * Notification that a shard can be started again.
   *
   * @param shard the shard
   */
  record RestartDue(int shard) implements Own {}

  /** Notification that records wait to be written, or that the query ends. */
  enum GoOn implements Own {
    /** The only value. */
    INSTANCE
  }
}
